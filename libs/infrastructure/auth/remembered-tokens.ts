import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import passport from 'passport';
import type { Strategy } from 'passport-jwt';
import { bearerStrategy, type TokenReader } from './bearer-strategy.js';

/** A session that ended or a role that changed is noticed after this time at the latest; five seconds are promised. */
const RECHECK_MILLISECONDS = 3_500;
const MOST_REMEMBERED = 10_000;
/** Ours have about 500 characters; nothing much longer is worth a hash. */
const LONGEST_TOKEN = 2_048;

/**
 * Checks tokens and remembers the good ones for a few seconds under their hash; then signature, expiry and whoever is behind them
 * are looked at again.
 */
export class RememberedTokens<Claim extends object, Verified extends object> {
  readonly #strategy: Strategy;
  readonly #verified: LRUCache<string, Verified, string>;

  /** @param behind whom a claim speaks for now, `undefined` when for nobody any more */
  constructor(tokens: TokenReader<Claim>, behind: (claim: Claim) => Promise<Verified | undefined>) {
    this.#strategy = bearerStrategy(tokens);
    this.#verified = new LRUCache<string, Verified, string>({
      max: MOST_REMEMBERED,
      ttl: RECHECK_MILLISECONDS,
      // Never the wall clock: set back by an hour, it would keep an ended session alive for that long.
      perf: { now: () => performance.now() },
      fetchMethod: async (_hash, _stale, { context: token }) => {
        const claim = (await claimOf(this.#strategy, token)) as Claim | undefined;
        return claim && behind(claim);
      },
    });
  }

  /** Whoever is behind a token, `undefined` when it is good for nothing (any more). Asks Postgres every few seconds at most. */
  async verify(token: string): Promise<Verified | undefined> {
    if (token.length > LONGEST_TOKEN) return undefined;
    return this.#verified.fetch(hash('sha256', token, 'base64'), { context: token });
  }
}

/** Lets Passport run the strategy outside of a request, so that a socket's handshake takes the same path as a request. */
function claimOf(strategy: Strategy, token: string): Promise<object | undefined> {
  return new Promise((resolve, reject) => {
    const answer = (error: unknown, claim: object | false | null | undefined): void => {
      if (error instanceof Error) reject(error);
      else resolve(claim === false ? undefined : (claim ?? undefined));
    };
    const authenticate = passport.authenticate(strategy, { session: false }, answer) as Middleware;
    authenticate({ headers: { authorization: `Bearer ${token}` } }, {}, reject);
  });
}

type Middleware = (request: object, response: object, next: (error: unknown) => void) => void;
