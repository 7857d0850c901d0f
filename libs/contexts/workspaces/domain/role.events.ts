import type { DomainEvent } from '@ledgerdesk/kernel';

/** A workspace made a role of its own. */
export type RoleDefined = DomainEvent<
  'RoleDefined',
  { readonly roleId: string; readonly name: string; readonly permissions: readonly string[] }
>;

interface RoleContent {
  readonly name?: string;
  readonly permissions?: readonly string[];
}

/** Only what changed, and what it was. Whoever has the role may do something else from then on. */
export type RoleChanged = DomainEvent<'RoleChanged', RoleContent & { readonly from: RoleContent }>;

/** Nobody is given it any more; nobody had it. */
export type RoleRetired = DomainEvent<'RoleRetired'>;

export type RoleEvent = RoleDefined | RoleChanged | RoleRetired;
