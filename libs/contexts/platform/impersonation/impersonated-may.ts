import type { ImpersonatedMay } from '@ledgerdesk/auth';

/**
 * What somebody who acts as a member may do, of what that member may. Everything that is not named is refused: secrets, credentials,
 * sessions, factors, keys, seats and roles, settings, the ledger of everybody, erasures and exports. A public reply is not among it,
 * because a customer would read it as the words of the member, and neither is a draft, which the member would find as their own.
 */
export const IMPERSONATED_MAY: ImpersonatedMay = {
  Session: ['read'],
  Workspace: ['read'],
  Member: ['read'],
  Team: ['read'],
  Customer: ['read', 'create', 'edit'],
  Ticket: ['read', 'open', 'note', 'edit', 'merge', 'trash', 'close', 'read-ledger'],
};
