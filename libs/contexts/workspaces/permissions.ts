import { type Permissions, ROLES } from '@ledgerdesk/auth';

const LEADERS = ['owner', 'admin', 'supervisor'] as const;

/** Everybody sees who works here; those who lead the desk arrange the teams. */
export const WORKSPACE_PERMISSIONS: Permissions = {
  Member: { read: ROLES },
  Team: { read: ROLES, create: LEADERS, edit: LEADERS, archive: LEADERS },
};
