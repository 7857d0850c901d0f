import type { RoleName, Scope } from '@ledgerdesk/kernel';

/** Who is asking: one account in one of its seats. Only the credential decides it, never a body, a query or a header. */
export interface Principal {
  readonly accountId: string;
  readonly memberId: string;
  readonly workspaceId: string;
  readonly sessionId: string;
  /** The role of the seat now, not at the time of sign-in. */
  readonly role: RoleName;
  /** The lines of the catalogue that a custom role holds; absent for the six roles that every workspace has. */
  readonly permissions?: readonly string[];
  /** Ids of the teams whose tickets are all that the member sees, sorted; absent for members who see those of everybody. */
  readonly confinedTo?: readonly string[];
  /** What the workspace asks of its members and this one still lacks; nothing else may be done before. */
  readonly mustSetUp?: 'second-factor';
  /** Set while those who run the installation have suspended the workspace: it can be read, and hardly more. */
  readonly isSuspended?: true;
  /** Set when an API key asks; it then acts for the member who made it, and `sessionId` is its id. */
  readonly key?: KeyClaim;
  /** Set when not the member but somebody who runs the installation acts in the seat. */
  readonly impersonation?: { readonly adminId: string; readonly until: string };
}

/** What a request with an API key may do at most, beside what the role of its member allows. */
export interface KeyClaim {
  readonly id: string;
  readonly scopes: readonly Scope[];
}

/** What a valid access token says: somebody signed in to this seat with this session. */
export type SeatClaim = Omit<
  Principal,
  'role' | 'permissions' | 'confinedTo' | 'mustSetUp' | 'isSuspended' | 'key' | 'impersonation'
> & {
  /** Id of the platform admin who acts in the seat; `sessionId` is then the impersonation. */
  readonly impersonatedBy?: string;
};

/** The part of a claim that says who acts in the place of the member. */
export interface Impersonator {
  readonly impersonatedBy: string;
}

/**
 * Ways to prove who one is, in the words of RFC 8176: a password; a code of an authenticator or a backup code. And `sso`: the provider of the
 * workspace says so.
 */
export const PROOF_METHODS = ['pwd', 'otp', 'sso'] as const;
export type ProofMethod = (typeof PROOF_METHODS)[number];

/** When and how somebody has last shown who they are. Continuing a session proves nothing anew. */
export interface Proof {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by: readonly ProofMethod[];
}

/** Answers whether a seat may still be used. Identity provides it, because sessions and seats live there. */
export interface Seats {
  /** The principal of the claim, or `undefined` when the session has ended or the seat was taken away. */
  current(claim: SeatClaim): Promise<Principal | undefined>;
}

/** Nest injection token of the installation's `Seats`. */
export const SEATS = Symbol('Seats');

/** Answers whether a platform admin may still act in a seat. The platform context provides it. */
export interface Impersonated {
  /** The principal of the claim, or `undefined` when it was ended, is over, or the workspace or the member allows it no more. */
  current(claim: SeatClaim & Impersonator): Promise<Principal | undefined>;
}

/** Nest injection token of the installation's `Impersonated`. */
export const IMPERSONATED = Symbol('Impersonated');
