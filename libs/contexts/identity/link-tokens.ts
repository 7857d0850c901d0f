import { createHmac, timingSafeEqual } from 'node:crypto';

const SEAL = /^[\w-]{43}$/;
/** Ours have less than 150 characters. */
const LONGEST = 300;

/**
 * The secret part of links that we mail. It is stored nowhere, not even hashed: it is the name of what the link is for, under an HMAC, and whoever mails
 * it again makes the same one. Whether it is still good is up to what it names.
 */
export class LinkTokens {
  /** @param key 32 bytes that serve nothing else */
  constructor(private readonly key: Buffer) {}

  /** @param name of what the link is for: letters, digits, `-` and `.` */
  write(name: string): string {
    return `${name}.${this.#seal(name).toString('base64url')}`;
  }

  /** The name in a token that we wrote, `undefined` for anything else. */
  read(token: string): string | undefined {
    const dot = token.lastIndexOf('.');
    const [name, seal] = [token.slice(0, Math.max(0, dot)), token.slice(dot + 1)];
    if (token.length > LONGEST || !SEAL.test(seal)) return undefined;
    return timingSafeEqual(this.#seal(name), Buffer.from(seal, 'base64url')) ? name : undefined;
  }

  #seal(name: string): Buffer {
    return createHmac('sha256', this.key).update(name).digest();
  }
}
