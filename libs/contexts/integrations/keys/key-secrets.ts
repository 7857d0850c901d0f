import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeySecret } from '../domain/api-key.js';
import { endingOf, type KeyParts, writeKey } from './key-text.js';

export interface MintedKey {
  /** Told to whoever asked for it, once, and kept nowhere. */
  readonly text: string;
  readonly secret: KeySecret;
}

/** Makes secrets, and knows them again by a keyed hash: who reads the ledger, or a backup without the installation key, can not try any. */
export class KeySecrets {
  /** @param key 32 bytes that serve nothing else */
  constructor(private readonly key: Buffer) {}

  mint(workspaceId: string, keyId: string): MintedKey {
    const parts = { workspaceId, keyId, secret: randomBytes(32) };
    const text = writeKey(parts);
    return { text, secret: { digest: this.digestOf(parts), ending: endingOf(text) } };
  }

  digestOf({ workspaceId, keyId, secret }: KeyParts): string {
    return createHmac('sha256', this.key).update(`${workspaceId}/${keyId}/`).update(secret).digest('base64url');
  }

  static areEqual(a: string, b: string): boolean {
    return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
  }
}
