import { type Permissions, ROLES } from '@ledgerdesk/auth';

const KEEPERS = ['owner', 'admin'] as const;

/** Everybody may see who they are, see, prove and end their own sessions, and change what they sign in with. */
export const IDENTITY_PERMISSIONS: Permissions = {
  Session: { read: ROLES, list: ROLES, end: ROLES, prove: ROLES },
  Password: { change: ROLES },
  SecondFactor: { read: ROLES, change: ROLES },
  SignInProvider: { read: KEEPERS, configure: KEEPERS },
};
