import { ExtractJwt, Strategy, type StrategyOptionsWithoutRequest } from 'passport-jwt';
import { type AccessTokens, ALGORITHM, AUDIENCE, ISSUER } from './access-tokens.js';

/** passport-jwt for `Authorization: Bearer …` with everything fixed that can be: key, algorithm, issuer, audience. */
export function memberStrategy(tokens: AccessTokens): Strategy {
  const options: StrategyOptionsWithoutRequest = {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    secretOrKeyProvider: (_request: unknown, token: unknown, done) => {
      const key = typeof token === 'string' ? tokens.keyFor(token) : undefined;
      if (key) done(null, key);
      else done(new Error('Not one of our keys.'));
    },
    algorithms: [ALGORITHM],
    issuer: ISSUER,
    audience: AUDIENCE,
    // Looked at by `claimOf`, which goes by the clock that all nodes share.
    ignoreExpiration: true,
  };
  return new Strategy(options, (payload: unknown, done) => {
    done(null, tokens.claimOf(payload) ?? false);
  });
}
