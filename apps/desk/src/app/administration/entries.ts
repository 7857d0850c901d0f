import type { IconName } from '@ledgerdesk/web-ui';

/** One page of the administration; its texts are `administration.<name>` and `administration.<name>Lead`. */
export interface AdministrationEntry {
  readonly url: string;
  readonly name: string;
  readonly icon: IconName;
  /** Who sees it: those who may do this. */
  readonly action: string;
  readonly subject: string;
}

/** One line per page, in the order in which they are shown. The pages' routes stand in `desk.routes.ts`. */
const ENTRIES: readonly AdministrationEntry[] = [
  { url: '/workspace', name: 'workspace', icon: 'apartment', action: 'configure', subject: 'Workspace' },
  { url: '/security', name: 'security', icon: 'lock', action: 'secure', subject: 'Workspace' },
  { url: '/roles', name: 'roles', icon: 'assignment_ind', action: 'manage', subject: 'Role' },
  { url: '/api-keys', name: 'apiKeys', icon: 'api', action: 'read', subject: 'ApiKey' },
  { url: '/members', name: 'members', icon: 'group', action: 'edit', subject: 'Member' },
  { url: '/teams', name: 'teams', icon: 'groups', action: 'edit', subject: 'Team' },
  { url: '/audit/changes', name: 'changes', icon: 'history', action: 'read', subject: 'Ledger' },
  { url: '/audit/configuration', name: 'configuration', icon: 'swap_horiz', action: 'read', subject: 'Ledger' },
  { url: '/audit', name: 'ledger', icon: 'receipt_long', action: 'read', subject: 'Ledger' },
];

/** The pages of the administration that a person may use. */
export function administrationEntries(
  can: (action: string, subject: string) => boolean,
): readonly AdministrationEntry[] {
  return ENTRIES.filter((entry) => can(entry.action, entry.subject));
}
