import type { Permissions } from '@ledgerdesk/auth';

const KEEPERS = ['owner', 'admin'] as const;

/** Keys are for those who keep the workspace; auditors see which there are. */
export const INTEGRATION_PERMISSIONS: Permissions = {
  ApiKey: { read: [...KEEPERS, 'auditor'], create: KEEPERS, roll: KEEPERS, revoke: KEEPERS },
};
