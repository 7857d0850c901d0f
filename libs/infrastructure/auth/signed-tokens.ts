import { JwtService } from '@nestjs/jwt';
import { z } from 'zod';
import type { Clock } from '@ledgerdesk/kernel';
import type { TokenKeys } from './token-keys.js';

export const ALGORITHM = 'HS256';
export const ISSUER = 'ledgerdesk';
/** Clocks of nodes may differ by this much, never more. */
const CLOCK_TOLERANCE_SECONDS = 60;

const header = z.strictObject({ alg: z.literal(ALGORITHM), typ: z.literal('JWT'), kid: z.string() });

/** What every one of our tokens says beside whom it is for. */
const common = { iss: z.literal(ISSUER), iat: z.int(), exp: z.int() };

export interface TokenForm<Shape extends z.ZodRawShape> {
  /** The door that the tokens open; a token for another one is not good for this one. */
  readonly audience: string;
  /** Longest time that a token lives. */
  readonly seconds: number;
  /** Exactly what a token says about whom it is for. */
  readonly says: Shape;
}

/** What a valid token of some form says. */
export interface ReadToken<Content> {
  readonly content: Content;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Tokens of one form: made here, and recognised by key and claims. The signature itself is checked by passport-jwt. */
export class SignedTokens<Shape extends z.ZodRawShape> {
  readonly audience: string;
  readonly #jwt = new JwtService({});
  readonly #seconds: number;
  readonly #claims: z.ZodObject;
  readonly #content: z.ZodObject<Shape>;

  /** @param clock one that all nodes agree on: a token of one is shown to the others */
  constructor(
    { audience, seconds, says }: TokenForm<Shape>,
    private readonly keys: TokenKeys,
    private readonly clock: Clock,
  ) {
    this.audience = audience;
    this.#seconds = seconds;
    this.#claims = z.strictObject({ ...says, ...common, aud: z.literal(audience) });
    this.#content = z.object(says);
  }

  /** @param until milliseconds since the epoch after which the token is good for nothing, when that is sooner than usual */
  issue(content: z.infer<z.ZodObject<Shape>>, until = Infinity): string {
    const now = Math.floor(this.clock.now() / 1000);
    const { id, key } = this.keys.signingAt(now);
    const exp = Math.min(now + this.#seconds, Math.floor(until / 1000));
    return this.#jwt.sign(
      { iss: ISSUER, aud: this.audience, ...content, iat: now, exp },
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
    return this.keys.named(parsed.data.kid, now - this.#seconds, now + CLOCK_TOLERANCE_SECONDS);
  }

  /** What a payload with a valid signature says; `undefined` when a part is missing or unknown, it has expired or is from the future. */
  read(payload: unknown): ReadToken<z.infer<z.ZodObject<Shape>>> | undefined {
    const parsed = this.#claims.safeParse(payload);
    if (!parsed.success) return undefined;
    const { iat, exp } = parsed.data as { iat: number; exp: number };
    const now = this.clock.now() / 1000;
    if (exp <= now || iat > now + CLOCK_TOLERANCE_SECONDS) return undefined;
    return { content: this.#content.parse(payload), expiresAt: exp * 1000 };
  }
}

function decodedJson(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString());
  } catch {
    return undefined;
  }
}
