import { Personal } from '@ledgerdesk/kernel';
import { given } from '@ledgerdesk/testing';
import {
  AddPlatformAdmin,
  type PlatformAdminEvent,
  platformAdminDecider,
  RemovePlatformAdmin,
} from './platform-admin.js';

const added: PlatformAdminEvent = {
  type: 'PlatformAdminAdded',
  data: { adminId: 'p1', name: new Personal('p1', 'Olena') },
};
const removed: PlatformAdminEvent = { type: 'PlatformAdminRemoved', data: { adminId: 'p1' } };

describe('a platform admin', () => {
  it('is added once, under the name as people see it', () => {
    given(platformAdminDecider).when(new AddPlatformAdmin('p1', '  Olena\u202e ')).then(added);
    given(platformAdminDecider, added).when(new AddPlatformAdmin('p1', 'Olena')).thenNothing();
  });

  it('is removed once, and may come back', () => {
    given(platformAdminDecider, added).when(new RemovePlatformAdmin('p1')).then(removed);
    given(platformAdminDecider, added, removed).when(new RemovePlatformAdmin('p1')).thenNothing();
    given(platformAdminDecider).when(new RemovePlatformAdmin('p1')).thenNothing();
    given(platformAdminDecider, added, removed).when(new AddPlatformAdmin('p1', 'Olena')).then(added);
  });

  it.each(['', ' \u200b ', 'x'.repeat(101)])('has a name that can be seen, not %j', (name) => {
    expect(() => new AddPlatformAdmin('p1', name)).toThrow(
      expect.objectContaining({ code: 'platform-admin.name-invalid' }) as Error,
    );
  });
});
