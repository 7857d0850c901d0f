import { createHash } from 'node:crypto';
import { deriveKey } from '@ledgerdesk/config';
import { LRUCache } from 'lru-cache';

/** A key that signs access tokens, under the name that they carry as `kid`. */
export interface TokenKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Seconds that one key signs for. */
export const KEY_SECONDS = 86_400;

/**
 * The keys of access tokens: a new one every day at midnight (UTC), each derived from the installation key and its day. So they turn
 * by themselves, on all nodes at the same moment and without a word between them, and nothing has to be stored or guarded.
 */
export class TokenKeys {
  readonly #byDay = new LRUCache<number, TokenKey>({ max: 4 });

  /** @param root 32 bytes that serve nothing else */
  constructor(private readonly root: Buffer) {}

  /** The key that signs at a moment. */
  signingAt(seconds: number): TokenKey {
    return this.#ofDay(Math.floor(seconds / KEY_SECONDS));
  }

  /** The key of this name, if it was one that signed at some moment from `since` to `until`. A name is compared, never looked up. */
  named(id: string, since: number, until: number): Buffer | undefined {
    const days = new Set([since, until].map((seconds) => Math.floor(seconds / KEY_SECONDS)));
    return [...days].map((day) => this.#ofDay(day)).find((key) => key.id === id)?.key;
  }

  #ofDay(day: number): TokenKey {
    const known = this.#byDay.get(day);
    if (known) return known;
    const key = deriveKey(this.root, `day ${String(day)}`);
    const made = { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
    this.#byDay.set(day, made);
    return made;
  }
}
