import type { Permissions } from '@ledgerdesk/auth';

const KEEPERS = ['owner', 'admin'] as const;

/** Read models are shared by all workspaces; changing them also needs the leave of the installation (`REBUILD_IN_DESK`). */
export const PLATFORM_PERMISSIONS: Permissions = {
  ReadModel: { read: KEEPERS, change: KEEPERS },
};
