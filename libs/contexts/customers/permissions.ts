import { type Grantable, type Permissions, ROLES } from '@ledgerdesk/auth';

const EDITORS = ['owner', 'admin', 'supervisor', 'agent'] as const;
/** Those who answer for the data of the workspace. */
const KEEPERS = ['owner', 'admin'] as const;

/** Everybody at the desk sees who asks for help; whoever answers may write it down. */
export const CUSTOMER_PERMISSIONS: Permissions = {
  Customer: { read: ROLES, create: EDITORS, edit: EDITORS, erase: KEEPERS, 'export-data': KEEPERS },
};

const READ = ['customers.read'];

export const CUSTOMER_GRANTABLE: Grantable = {
  'customers.read': { opens: { Customer: ['read'] } },
  'customers.edit': { opens: { Customer: ['create', 'edit'] }, needs: READ },
  // Copy and erasure take in all tickets of a person.
  'customers.copy': { opens: { Customer: ['export-data'] }, needs: [...READ, 'tickets.read', 'tickets.read_all'] },
  'customers.erase': { opens: { Customer: ['erase'] }, needs: READ },
};
