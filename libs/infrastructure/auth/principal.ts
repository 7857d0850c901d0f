import type { Role } from '@ledgerdesk/kernel';

/** Who is asking: one account in one of its seats. Only the credential decides it, never a body, a query or a header. */
export interface Principal {
  readonly accountId: string;
  readonly memberId: string;
  readonly workspaceId: string;
  readonly sessionId: string;
  /** The role of the seat now, not at the time of sign-in. */
  readonly role: Role;
  /** Ids of the teams whose tickets are all that the member sees, sorted; absent for members who see those of everybody. */
  readonly confinedTo?: readonly string[];
}

/** What a valid access token says: somebody signed in to this seat with this session. */
export type SeatClaim = Omit<Principal, 'role' | 'confinedTo'>;

/** Answers whether a seat may still be used. Identity provides it, because sessions and seats live there. */
export interface Seats {
  /** The principal of the claim, or `undefined` when the session has ended or the seat was taken away. */
  current(claim: SeatClaim): Promise<Principal | undefined>;
}

/** Nest injection token of the installation's `Seats`. */
export const SEATS = Symbol('Seats');
