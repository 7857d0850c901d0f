import { type Permissions, ROLES } from '@ledgerdesk/auth';

const KEEPERS = ['owner', 'admin'] as const;
const LEADERS = ['owner', 'admin', 'supervisor'] as const;

/** Everybody sees where and with whom they work; those who lead the desk arrange the teams, those who keep it its settings. */
export const WORKSPACE_PERMISSIONS: Permissions = {
  Workspace: { read: ROLES, configure: KEEPERS, secure: KEEPERS },
  Member: { read: ROLES, invite: KEEPERS, edit: KEEPERS, erase: KEEPERS },
  Team: { read: ROLES, create: LEADERS, edit: LEADERS, archive: LEADERS },
};
