import { z } from 'zod';
import type { Clock } from '@ledgerdesk/kernel';
import type { PlatformAdmin } from './platform-admin.js';
import { SignedTokens } from './signed-tokens.js';
import type { TokenKeys } from './token-keys.js';

/** Seconds that a token of a platform admin is good for. */
export const PLATFORM_TOKEN_SECONDS = 900;

const says = { sub: z.uuid(), session: z.uuid() };

interface PlatformClaim {
  readonly admin: PlatformAdmin;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Access tokens of platform admins: an audience and keys of their own, so that neither door takes the token of the other. */
export class PlatformTokens {
  readonly audience = 'ledgerdesk:platform';
  readonly #tokens: SignedTokens<typeof says>;

  /** @param clock one that all nodes agree on */
  constructor(keys: TokenKeys, clock: Clock) {
    this.#tokens = new SignedTokens({ audience: this.audience, seconds: PLATFORM_TOKEN_SECONDS, says }, keys, clock);
  }

  issue({ adminId, sessionId }: PlatformAdmin): string {
    return this.#tokens.issue({ sub: adminId, session: sessionId });
  }

  keyFor(token: string): Buffer | undefined {
    return this.#tokens.keyFor(token);
  }

  claimOf(payload: unknown): PlatformClaim | undefined {
    const read = this.#tokens.read(payload);
    if (!read) return undefined;
    return { admin: { adminId: read.content.sub, sessionId: read.content.session }, expiresAt: read.expiresAt };
  }
}
