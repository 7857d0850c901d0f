import type { AccessTokens, TokenClaim } from './access-tokens.js';
import type { Principal, Seats } from './principal.js';
import { RememberedTokens } from './remembered-tokens.js';

/** Whom an access token speaks for, and until when. */
export interface VerifiedToken {
  readonly member: Principal;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Turns an access token into the principal behind it, for requests and sockets alike. */
export class Authentication {
  readonly #tokens: RememberedTokens<TokenClaim, VerifiedToken>;

  constructor(tokens: AccessTokens, seats: Seats) {
    this.#tokens = new RememberedTokens(tokens, async ({ seat, expiresAt }) => {
      const member = await seats.current(seat);
      return member && { member, expiresAt };
    });
  }

  /** The principal of a token, `undefined` when it is good for nothing (any more). */
  async verify(token: string): Promise<VerifiedToken | undefined> {
    return this.#tokens.verify(token);
  }
}
