import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import passport from 'passport';
import type { Strategy } from 'passport-jwt';
import type { AccessTokens, TokenClaim } from './access-tokens.js';
import { memberStrategy } from './member-strategy.js';
import type { Principal, Seats } from './principal.js';

/** Whom an access token speaks for, and until when. */
export interface VerifiedToken {
  readonly member: Principal;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A session that ended or a role that changed is noticed after this time at the latest; five seconds are promised. */
const RECHECK_MILLISECONDS = 4_000;
const MOST_REMEMBERED = 10_000;
/** Ours have about 500 characters; nothing much longer is worth a hash. */
const LONGEST_TOKEN = 2_048;

/**
 * Turns an access token into the principal behind it, for requests and sockets alike. A verified token is remembered for a
 * few seconds under its hash; then signature, expiry, session and seat are looked at again.
 */
export class Authentication {
  readonly #strategy: Strategy;
  readonly #verified: LRUCache<string, VerifiedToken, string>;

  constructor(
    tokens: AccessTokens,
    private readonly seats: Seats,
  ) {
    this.#strategy = memberStrategy(tokens);
    this.#verified = new LRUCache<string, VerifiedToken, string>({
      max: MOST_REMEMBERED,
      ttl: RECHECK_MILLISECONDS,
      // Never the wall clock: set back by an hour, it would keep an ended session alive for that long.
      perf: { now: () => performance.now() },
      fetchMethod: (_hash, _stale, { context: token }) => this.#look(token),
    });
  }

  /** The principal of a token, `undefined` when it is good for nothing (any more). Asks Postgres every few seconds at most. */
  async verify(token: string): Promise<VerifiedToken | undefined> {
    if (token.length > LONGEST_TOKEN) return undefined;
    return this.#verified.fetch(hash('sha256', token, 'base64'), { context: token });
  }

  async #look(token: string): Promise<VerifiedToken | undefined> {
    const claim = await claimOf(this.#strategy, token);
    const member = claim && (await this.seats.current(claim.seat));
    return member && { member, expiresAt: claim.expiresAt };
  }
}

/** Lets Passport run the strategy outside of a request, so that a socket's handshake takes the same path as a request. */
function claimOf(strategy: Strategy, token: string): Promise<TokenClaim | undefined> {
  return new Promise((resolve, reject) => {
    const answer = (error: unknown, claim: TokenClaim | false | null | undefined): void => {
      if (error instanceof Error) reject(error);
      else resolve(claim === false ? undefined : (claim ?? undefined));
    };
    const authenticate = passport.authenticate(strategy, { session: false }, answer) as Middleware;
    authenticate({ headers: { authorization: `Bearer ${token}` } }, {}, reject);
  });
}

type Middleware = (request: object, response: object, next: (error: unknown) => void) => void;
