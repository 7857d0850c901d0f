import { type Permissions, ROLES } from '@ledgerdesk/auth';

const EDITORS = ['owner', 'admin', 'supervisor', 'agent'] as const;
/** Those who answer for the data of the workspace. */
const KEEPERS = ['owner', 'admin'] as const;

/** Everybody at the desk sees who asks for help; whoever answers may write it down. */
export const CUSTOMER_PERMISSIONS: Permissions = {
  Customer: { read: ROLES, create: EDITORS, edit: EDITORS, erase: KEEPERS, 'export-data': KEEPERS },
};
