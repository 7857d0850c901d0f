import type { AccessTokens, TokenClaim } from './access-tokens.js';
import type { Impersonated, Principal, Proof, Seats } from './principal.js';
import { RememberedTokens } from './remembered-tokens.js';

/** Whom an access token speaks for, and until when. */
export interface VerifiedToken {
  readonly member: Principal;
  readonly proof: Proof;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Turns an access token into the principal behind it, for requests and sockets alike. */
export class Authentication {
  readonly #tokens: RememberedTokens<TokenClaim, VerifiedToken>;

  constructor(
    private readonly tokens: AccessTokens,
    seats: Seats,
    impersonated?: Impersonated,
  ) {
    this.#tokens = new RememberedTokens(tokens, async ({ seat, proof, expiresAt }) => {
      const { impersonatedBy } = seat;
      const member =
        impersonatedBy === undefined
          ? await seats.current(seat)
          : await impersonated?.current({ ...seat, impersonatedBy });
      return member && { member, proof, expiresAt };
    });
  }

  /** The principal of a token, `undefined` when it is good for nothing (any more), or not before something was set up. */
  async verify(token: string): Promise<VerifiedToken | undefined> {
    const verified = await this.recognise(token);
    return verified?.member.mustSetUp === undefined ? verified : undefined;
  }

  /** Also those who may do nothing yet but set up what their workspace asks for. */
  async recognise(token: string): Promise<VerifiedToken | undefined> {
    return this.#tokens.verify(token);
  }

  /** Whether a proof is fresh enough for what can not be taken back. */
  isFresh(proof: Proof): boolean {
    return this.tokens.isFresh(proof);
  }
}
