import { join } from 'node:path';
import { Personal } from '@ledgerdesk/kernel';
import { describeGoldenEvents } from '@ledgerdesk/testing';
import type { ImpersonationEvent } from '../domain/impersonation.js';
import type { PlatformAdminEvent } from '../domain/platform-admin.js';

const ADMIN = '00000000-0000-7000-8000-0000000000a1';

const admin: {
  readonly [Type in PlatformAdminEvent['type']]: Extract<PlatformAdminEvent, { type: Type }>['data'];
} = {
  PlatformAdminAdded: { adminId: ADMIN, name: new Personal(ADMIN, 'Olena Marchuk') },
  PlatformAdminRemoved: { adminId: ADMIN },
};

const impersonation: {
  readonly [Type in ImpersonationEvent['type']]: Extract<ImpersonationEvent, { type: Type }>['data'];
} = {
  ImpersonationStarted: {
    impersonationId: '00000000-0000-7000-8000-0000000000d1',
    adminId: ADMIN,
    sessionId: '00000000-0000-7000-8000-0000000000d2',
    memberId: '00000000-0000-7000-8000-0000000000d3',
    reason: 'Her views are empty.',
    until: '2026-03-02T13:00:00.000Z',
  },
  ImpersonationEnded: { adminId: ADMIN, memberId: '00000000-0000-7000-8000-0000000000d3' },
};

describeGoldenEvents(join(__dirname, 'golden.json'), { platform: admin, impersonation });
