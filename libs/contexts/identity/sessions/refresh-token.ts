import { createHmac, timingSafeEqual } from 'node:crypto';

/** Names one generation of one session; every refresh makes the next generation. */
export interface RefreshClaim {
  readonly sessionId: string;
  readonly generation: number;
}

const SHAPE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})\.([\w-]{43})$/;

/**
 * Refresh tokens are not stored, not even hashed: each is a session's id and generation under an HMAC. Whoever reads the table
 * can make none, an old one is recognised as ours, and the answer to a repeated refresh can be given again.
 */
export class RefreshTokens {
  /** @param key 32 bytes that serve nothing else */
  constructor(private readonly key: Buffer) {}

  write({ sessionId, generation }: RefreshClaim): string {
    return `${sessionId}.${String(generation)}.${this.#seal(sessionId, generation).toString('base64url')}`;
  }

  /** The claim of a token that we wrote, `undefined` for anything else. */
  read(token: string): RefreshClaim | undefined {
    const match = SHAPE.exec(token);
    if (!match) return undefined;
    const [, sessionId = '', generation = '', seal = ''] = match;
    const expected = this.#seal(sessionId, Number(generation));
    if (!timingSafeEqual(expected, Buffer.from(seal, 'base64url'))) return undefined;
    return { sessionId, generation: Number(generation) };
  }

  #seal(sessionId: string, generation: number): Buffer {
    return createHmac('sha256', this.key)
      .update(`${sessionId}.${String(generation)}`)
      .digest();
  }
}
