import { ExtractJwt, Strategy, type StrategyOptionsWithoutRequest } from 'passport-jwt';
import { ALGORITHM, ISSUER } from './signed-tokens.js';

/** The tokens of one door, as far as checking them needs to know. */
export interface TokenReader<Claim extends object> {
  readonly audience: string;
  keyFor(token: string): Buffer | undefined;
  claimOf(payload: unknown): Claim | undefined;
}

/** passport-jwt for `Authorization: Bearer …` with everything fixed that can be: key, algorithm, issuer, audience. */
export function bearerStrategy(tokens: TokenReader<object>): Strategy {
  const options: StrategyOptionsWithoutRequest = {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    secretOrKeyProvider: (_request: unknown, token: unknown, done) => {
      const key = typeof token === 'string' ? tokens.keyFor(token) : undefined;
      if (key) done(null, key);
      else done(new Error('Not one of our keys.'));
    },
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience: tokens.audience,
    // Looked at by `claimOf`, which goes by the clock that all nodes share.
    ignoreExpiration: true,
  };
  return new Strategy(options, (payload: unknown, done) => {
    done(null, tokens.claimOf(payload) ?? false);
  });
}
