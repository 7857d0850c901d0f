import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const SHAPE = /^([\w-]{22})\.([\w-]{43})$/;

/**
 * The word that a browser keeps after a sign-in. It proves nothing about who asks; it only says that this account has signed in
 * here before, so that attempts of strangers elsewhere do not use up the attempts of its owner (the "device cookie" of OWASP).
 */
export class KnownDevices {
  /** @param key 32 bytes that serve nothing else */
  constructor(private readonly key: Buffer) {}

  write(email: string): string {
    const id = randomBytes(16).toString('base64url');
    return `${id}.${this.#seal(id, email).toString('base64url')}`;
  }

  /** The id of the device when the word was written for this account. */
  read(word: string | undefined, email: string): string | undefined {
    const match = SHAPE.exec(word ?? '');
    if (!match) return undefined;
    const [, id = '', seal = ''] = match;
    return timingSafeEqual(this.#seal(id, email), Buffer.from(seal, 'base64url')) ? id : undefined;
  }

  #seal(id: string, email: string): Buffer {
    return createHmac('sha256', this.key).update(`${id}\n${email}`).digest();
  }
}
