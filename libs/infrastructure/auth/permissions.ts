import type { MongoQuery } from '@casl/ability';
import type { Role } from '@ledgerdesk/kernel';
import type { Principal } from './principal.js';

/** Roles that may do something only where one of the conditions holds on the current aggregate; one that asks nothing always does. */
export interface ConditionalGrant {
  readonly roles: readonly Role[];
  readonly when: (principal: Principal) => readonly MongoQuery[];
}

/**
 * The share of one context in what roles may do: subject → action → who. A role that is not named may not.
 * @example { Team: { read: ROLES, create: ['owner', 'admin'] }, Draft: { read: [{ roles: ROLES, when: (p) => [{ memberId: p.memberId }] }] } }
 */
export type Permissions = Readonly<Record<string, Readonly<Record<string, readonly (Role | ConditionalGrant)[]>>>>;

/** What somebody who acts in the seat of a member may do, of what the member may: subject → actions. What is not named is refused. */
export type ImpersonatedMay = Readonly<Record<string, readonly string[]>>;
