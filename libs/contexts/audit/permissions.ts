import type { Permissions } from '@ledgerdesk/auth';

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
