import { join } from 'node:path';
import { Personal } from '@ledgerdesk/kernel';
import { describeGoldenEvents } from '@ledgerdesk/testing';
import type { PlatformAdminEvent } from '../domain/platform-admin.js';

const ADMIN = '00000000-0000-7000-8000-0000000000a1';

const admin: {
  readonly [Type in PlatformAdminEvent['type']]: Extract<PlatformAdminEvent, { type: Type }>['data'];
} = {
  PlatformAdminAdded: { adminId: ADMIN, name: new Personal(ADMIN, 'Olena Marchuk') },
  PlatformAdminRemoved: { adminId: ADMIN },
};

describeGoldenEvents(join(__dirname, 'golden.json'), { platform: admin });
