import { z } from 'zod';
import type { Clock } from '@ledgerdesk/kernel';
import { type Proof, PROOF_METHODS, type SeatClaim } from './principal.js';
import { SignedTokens } from './signed-tokens.js';
import type { TokenKeys } from './token-keys.js';

/** Seconds that an access token is good for; the desk asks for the next one with its refresh cookie. */
export const ACCESS_TOKEN_SECONDS = 900;

/** Seconds for which a proof of who somebody is counts as fresh. */
export const FRESH_SECONDS = 600;

/** Member tokens only: a token made for another door of the installation is not good for this one. */
export const AUDIENCE = 'ledgerdesk:desk';

const says = {
  sub: z.uuid(),
  workspace: z.uuid(),
  member: z.uuid(),
  session: z.uuid(),
  auth_time: z.int(),
  amr: z.array(z.enum(PROOF_METHODS)).min(1),
  impersonator: z.uuid().optional(),
};

/** What the payload of a valid access token says. */
export interface TokenClaim {
  readonly seat: SeatClaim;
  readonly proof: Proof;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Makes the access tokens of members, and says which key and which claims are ours. */
export class AccessTokens {
  readonly audience = AUDIENCE;
  readonly #tokens: SignedTokens<typeof says>;

  /** @param clock one that all nodes agree on: a token of one is shown to the others */
  constructor(
    keys: TokenKeys,
    private readonly clock: Clock,
  ) {
    this.#tokens = new SignedTokens({ audience: AUDIENCE, seconds: ACCESS_TOKEN_SECONDS, says }, keys, clock);
  }

  /** @param until milliseconds since the epoch, when the token must be over sooner than usual */
  issue(
    { accountId, workspaceId, memberId, sessionId, impersonatedBy }: SeatClaim,
    { at, by }: Proof,
    until?: number,
  ): string {
    const seat = { sub: accountId, workspace: workspaceId, member: memberId, session: sessionId };
    const impersonator = impersonatedBy === undefined ? {} : { impersonator: impersonatedBy };
    return this.#tokens.issue({ ...seat, ...impersonator, auth_time: Math.floor(at / 1000), amr: [...by] }, until);
  }

  /** Whether somebody has shown a password of theirs a moment ago; nobody knows when a provider has last asked for anything. */
  isFresh({ at, by }: Proof): boolean {
    return by.includes('pwd') && this.clock.now() - at <= FRESH_SECONDS * 1000;
  }

  /** The key that must have signed this token, or `undefined` when its header is not exactly the one that `issue` writes. */
  keyFor(token: string): Buffer | undefined {
    return this.#tokens.keyFor(token);
  }

  /** The claim of a payload with a valid signature; `undefined` when a part is missing or unknown, it has expired or is from the future. */
  claimOf(payload: unknown): TokenClaim | undefined {
    const read = this.#tokens.read(payload);
    if (!read) return undefined;
    const { sub, workspace, member, session, auth_time: at, amr: by, impersonator } = read.content;
    return {
      seat: {
        ...{ accountId: sub, workspaceId: workspace, memberId: member, sessionId: session },
        ...(impersonator !== undefined && { impersonatedBy: impersonator }),
      },
      proof: { at: at * 1000, by },
      expiresAt: read.expiresAt,
    };
  }
}
