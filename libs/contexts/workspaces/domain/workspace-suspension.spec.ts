import { given } from '@ledgerdesk/testing';
import { ConfigureWorkspace } from './workspace.commands.js';
import { workspaceDecider } from './workspace.decider.js';
import type { WorkspaceEvent } from './workspace.events.js';
import { ReactivateWorkspace, SuspendWorkspace } from './workspace-suspension.js';

const opened: WorkspaceEvent = {
  type: 'WorkspaceOpened',
  data: {
    workspaceId: 'w1',
    slug: 'northwind',
    name: 'Northwind',
    timeZone: 'UTC',
    language: 'en',
    reopenWindowDays: 7,
    autoCloseDays: 7,
    undoSendSeconds: 10,
  },
};
const suspended: WorkspaceEvent = {
  type: 'WorkspaceSuspended',
  data: { from: 'active', to: 'suspended', reason: 'Sends spam.' },
};
const reactivated: WorkspaceEvent = {
  type: 'WorkspaceReactivated',
  data: { from: 'suspended', to: 'active', reason: 'It was another one.' },
};

describe('the suspension of a workspace', () => {
  it('says why and since when', () => {
    given(workspaceDecider, opened).when(new SuspendWorkspace('w1', ' Sends spam.\u0007 ')).then(suspended);
    expect(given(workspaceDecider, opened, [suspended, '2026-03-02T13:00:00.000Z']).state()).toMatchObject({
      suspension: { since: '2026-03-02T13:00:00.000Z', reason: 'Sends spam.' },
    });
  });

  it('ends with a reason too', () => {
    given(workspaceDecider, opened, suspended)
      .when(new ReactivateWorkspace('w1', 'It was another one.'))
      .then(reactivated);
    expect(given(workspaceDecider, opened, suspended, reactivated).state()).not.toHaveProperty('suspension');
  });

  it('is quiet when nothing changes', () => {
    given(workspaceDecider, opened, suspended).when(new SuspendWorkspace('w1', 'Again.')).thenNothing();
    given(workspaceDecider, opened).when(new ReactivateWorkspace('w1', 'Why not.')).thenNothing();
  });

  it('is of a workspace that exists', () => {
    given(workspaceDecider).when(new SuspendWorkspace('w1', 'Spam.')).thenRefused('workspace.not-found');
  });

  it('leaves the settings as they are', () => {
    const command = new ConfigureWorkspace('w1', { name: 'Northwind' });
    given(workspaceDecider, opened, suspended).when(command).thenNothing();
    expect(workspaceDecider.changes?.(suspended)).toEqual({});
    expect(workspaceDecider.sets?.(new SuspendWorkspace('w1', 'Spam.'))).toEqual({});
  });

  it.each(['', ' \n ', 'x'.repeat(501)])('needs a reason that somebody can read, not %j', (reason) => {
    expect(() => new SuspendWorkspace('w1', reason)).toThrow(
      expect.objectContaining({ code: 'workspace.reason-invalid' }) as Error,
    );
  });
});
