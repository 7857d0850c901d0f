import type { Grantable, Permissions } from '@ledgerdesk/auth';

/** The ledger of the whole workspace is for those who answer for it and for auditors. */
export const AUDIT_PERMISSIONS: Permissions = {
  Ledger: {
    read: ['owner', 'admin', 'auditor'],
    verify: ['owner', 'admin', 'auditor'],
    export: ['owner', 'admin', 'auditor'],
    // Whoever holds such a file and its passphrase reads everything, wherever they are.
    'export-keys': ['owner'],
    'read-text': ['owner', 'admin', 'supervisor', 'agent', 'auditor'],
  },
};

/** The ledger of a workspace holds all tickets, so it is for roles that see all of them. */
const EVERYTHING = ['tickets.read', 'tickets.read_all', 'customers.read'];

export const AUDIT_GRANTABLE: Grantable = {
  'ledger.read': { opens: { Ledger: ['read'] }, needs: EVERYTHING },
  'ledger.texts': { opens: { Ledger: ['read-text'] }, needs: ['tickets.read'] },
  'ledger.verify': { opens: { Ledger: ['verify'] }, needs: ['ledger.read', ...EVERYTHING] },
  'ledger.export': { opens: { Ledger: ['export'] }, needs: ['ledger.read', ...EVERYTHING] },
};
