import { JwtService } from '@nestjs/jwt';
import { z } from 'zod';
import type { Clock } from '@ledgerdesk/kernel';
import type { SeatClaim } from './principal.js';
import type { TokenKeys } from './token-keys.js';

/** Seconds that an access token is good for; the desk asks for the next one with its refresh cookie. */
export const ACCESS_TOKEN_SECONDS = 900;

export const ALGORITHM = 'HS256';
export const ISSUER = 'ledgerdesk';
/** Member tokens only: a token made for another door of the installation is not good for this one. */
export const AUDIENCE = 'ledgerdesk:desk';
/** Clocks of nodes may differ by this much, never more. */
const CLOCK_TOLERANCE_SECONDS = 60;

const claims = z.strictObject({
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
  sub: z.uuid(),
  workspace: z.uuid(),
  member: z.uuid(),
  session: z.uuid(),
  iat: z.int(),
  exp: z.int(),
});

const header = z.strictObject({ alg: z.literal(ALGORITHM), typ: z.literal('JWT'), kid: z.string() });

/** What the payload of a valid access token says. */
export interface TokenClaim {
  readonly seat: SeatClaim;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Makes access tokens, and says which key and which claims are ours. The signature itself is checked by passport-jwt. */
export class AccessTokens {
  readonly #jwt = new JwtService({});

  /** @param clock one that all nodes agree on: a token of one is shown to the others */
  constructor(
    private readonly keys: TokenKeys,
    private readonly clock: Clock,
  ) {}

  issue(claim: SeatClaim): string {
    const now = Math.floor(this.clock.now() / 1000);
    const { id, key } = this.keys.signingAt(now);
    return this.#jwt.sign(
      {
        iss: ISSUER,
        aud: AUDIENCE,
        sub: claim.accountId,
        workspace: claim.workspaceId,
        member: claim.memberId,
        session: claim.sessionId,
        iat: now,
        exp: now + ACCESS_TOKEN_SECONDS,
      },
      { secret: key, algorithm: ALGORITHM, keyid: id },
    );
  }

  /**
   * The key that must have signed this token, or `undefined` when its header is not exactly the one that `issue` writes.
   * So `none`, another algorithm, a foreign `kid` and header fields that name keys elsewhere (`jku`, `x5u`, `jwk`) end here.
   * The key of yesterday is good for as long as its last tokens live.
   */
  keyFor(token: string): Buffer | undefined {
    const parsed = header.safeParse(decodedJson(token.slice(0, token.indexOf('.'))));
    if (!parsed.success) return undefined;
    const now = this.clock.now() / 1000;
    return this.keys.named(parsed.data.kid, now - ACCESS_TOKEN_SECONDS, now + CLOCK_TOLERANCE_SECONDS);
  }

  /** The claim of a payload with a valid signature; `undefined` when a part is missing or unknown, it has expired or is from the future. */
  claimOf(payload: unknown): TokenClaim | undefined {
    const parsed = claims.safeParse(payload);
    const now = this.clock.now() / 1000;
    if (!parsed.success || parsed.data.exp <= now || parsed.data.iat > now + CLOCK_TOLERANCE_SECONDS) return undefined;
    const { sub, workspace, member, session, exp } = parsed.data;
    return {
      seat: { accountId: sub, workspaceId: workspace, memberId: member, sessionId: session },
      expiresAt: exp * 1000,
    };
  }
}

function decodedJson(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString());
  } catch {
    return undefined;
  }
}
