import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { deriveKey } from '@ledgerdesk/config';
import type { Domain } from './texts.js';

/** RFC 8410: what DER puts before the 32 bytes of an Ed25519 private and public key. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const PUBLIC_KEY = /^ed25519:([\w-]{43})$/;
const KEY_BYTES = 32;
const KEY_ID_DIGITS = 32;

/** A public key of seals. */
export class PublicKey {
  readonly id: string;
  private readonly key: KeyObject;

  private constructor(
    readonly text: string,
    bytes: Buffer,
  ) {
    this.id = hash('sha256', bytes, 'hex').slice(0, KEY_ID_DIGITS);
    this.key = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, bytes]), format: 'der', type: 'spki' });
  }

  /** `undefined` for a text that is not `ed25519:` and 32 bytes in base64url. */
  static parse(text: string): PublicKey | undefined {
    const bytes = Buffer.from(PUBLIC_KEY.exec(text)?.[1] ?? '', 'base64url');
    return bytes.length === KEY_BYTES ? new PublicKey(text, bytes) : undefined;
  }

  static of(bytes: Buffer): PublicKey {
    return new PublicKey(`ed25519:${bytes.toString('base64url')}`, bytes);
  }

  verifies(domain: Domain, text: string, signature: string): boolean {
    return verify(null, Buffer.from(domain + text), this.key, Buffer.from(signature, 'base64url'));
  }
}

/**
 * The private key number `number` of an installation. It is derived from the installation key and stored nowhere, so whoever can
 * write the database, and nothing else, can not sign.
 */
export class SigningKey {
  readonly publicKey: PublicKey;
  private readonly key: KeyObject;

  constructor(
    installationKey: Uint8Array,
    readonly number: number,
  ) {
    const seed = deriveKey(installationKey, `seal-key:${String(number)}`);
    this.key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });
    const bytes = createPublicKey(this.key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length);
    this.publicKey = PublicKey.of(bytes);
  }

  get id(): string {
    return this.publicKey.id;
  }

  sign(domain: Domain, text: string): string {
    return sign(null, Buffer.from(domain + text), this.key).toString('base64url');
  }
}
