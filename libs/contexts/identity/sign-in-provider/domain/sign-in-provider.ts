import { type Role, ROLES } from '@ledgerdesk/kernel';

/** Roles that a provider may give. Nobody becomes an owner by what another system says. */
export type GivenRole = Exclude<Role, 'owner'>;
export const GIVEN_ROLES: readonly GivenRole[] = ROLES.filter((role) => role !== 'owner');

/** Who joins with this value of the claim gets this role. */
export interface RoleRule {
  readonly value: string;
  readonly role: GivenRole;
}

/** The OpenID Connect provider that vouches for the members of a workspace. */
export interface ProviderSettings {
  readonly enabled: boolean;
  /** As the provider writes it in what it signs, to the letter. */
  readonly issuer: string;
  readonly clientId: string;
  /** Names the secret, which stands in no event. */
  readonly secretId: string;
  /** Of addresses that are believed, in small letters, sorted. */
  readonly domains: readonly string[];
  /** Whether somebody who is not known yet becomes a member at the first sign-in. */
  readonly createsMembers: boolean;
  /** Of those who become a member, when no rule says otherwise. */
  readonly defaultRole: GivenRole;
  /** Claim that the rules look at. */
  readonly roleClaim: string | null;
  /** The first one that fits counts. */
  readonly roleRules: readonly RoleRule[];
}

/** What the rules make of the claims of somebody who joins. */
export function roleFor(
  { roleClaim, roleRules, defaultRole }: Pick<ProviderSettings, 'roleClaim' | 'roleRules' | 'defaultRole'>,
  claims: Readonly<Record<string, unknown>>,
): GivenRole {
  const claimed = roleClaim !== null && Object.hasOwn(claims, roleClaim) ? claims[roleClaim] : undefined;
  const values: readonly unknown[] = Array.isArray(claimed) ? claimed : [claimed];
  return roleRules.find(({ value }) => values.includes(value))?.role ?? defaultRole;
}
