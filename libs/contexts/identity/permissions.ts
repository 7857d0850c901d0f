import { type Permissions, ROLES } from '@ledgerdesk/auth';

/** Everybody may see who they are and end their own session. */
export const IDENTITY_PERMISSIONS: Permissions = {
  Session: { read: ROLES, end: ROLES },
};
