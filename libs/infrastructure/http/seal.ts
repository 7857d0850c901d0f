import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import { deriveKey } from '@ledgerdesk/config';

const TAG_BYTES = 16;

/**
 * Deterministic authenticated encryption (the SIV construction: HMAC-SHA256 over context and text is both tag and nonce of
 * AES-256-CTR). Without a nonce to repeat it is safe for any number of small tokens, and the same input always gives the same
 * token, so that representations which hold tokens stay comparable. The context (a workspace, a filter) is not stored: opening
 * under another one fails.
 */
export class Seal {
  // Key objects, because turning bytes into a key costs several times as much as using it.
  readonly #macKey: KeyObject;
  readonly #cipherKey: KeyObject;

  constructor(installationKey: Uint8Array, purpose: string) {
    this.#macKey = createSecretKey(deriveKey(installationKey, `${purpose}:mac`));
    this.#cipherKey = createSecretKey(deriveKey(installationKey, `${purpose}:cipher`));
  }

  seal(context: string, text: Uint8Array): Buffer {
    const tag = this.#tag(context, text);
    const cipher = createCipheriv('aes-256-ctr', this.#cipherKey, tag);
    return Buffer.concat([tag, cipher.update(text), cipher.final()]);
  }

  /** The text, or `undefined` when it was not sealed here under this context. */
  open(context: string, sealed: Uint8Array): Buffer | undefined {
    if (sealed.length < TAG_BYTES) return undefined;
    const tag = sealed.subarray(0, TAG_BYTES);
    const cipher = createDecipheriv('aes-256-ctr', this.#cipherKey, tag);
    const text = Buffer.concat([cipher.update(sealed.subarray(TAG_BYTES)), cipher.final()]);
    return timingSafeEqual(tag, this.#tag(context, text)) ? text : undefined;
  }

  #tag(context: string, text: Uint8Array): Buffer {
    const length = String(Buffer.byteLength(context));
    return createHmac('sha256', this.#macKey)
      .update(`${length}:${context}`)
      .update(text)
      .digest()
      .subarray(0, TAG_BYTES);
  }
}
