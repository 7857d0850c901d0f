import { type Permissions, ROLES } from '@ledgerdesk/auth';

/** Everybody may see who they are, see and end their own sessions, and change their own password. */
export const IDENTITY_PERMISSIONS: Permissions = {
  Session: { read: ROLES, end: ROLES },
  Password: { change: ROLES },
};
