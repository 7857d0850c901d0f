import { randomBytes } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import type { HashingQueue } from './hashing-queue.js';

/** argon2id as OWASP asks for it with a margin: 64 MiB, 3 passes, 1 lane. */
const COST = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

/** UTF-16 code units; longer ones are refused before anything is hashed. */
export const LONGEST_PASSWORD = 256;

/**
 * Turns passwords into argon2id hashes and compares them, a few at a time. What looks alike is alike (NFKC, as NIST SP 800-63B
 * asks): one keyboard sends `é` as one character and another as two.
 */
export class Passwords {
  #nobodys: Promise<string> | undefined;

  constructor(private readonly queue: HashingQueue) {}

  /** @throws HashingBusy */
  async hash(password: string): Promise<string> {
    // The library makes argon2id unless told otherwise.
    return this.queue.run(() => hash(password.normalize('NFKC'), COST));
  }

  /**
   * Whether the password belongs to the hash. Without a hash it does the same work and says no, so that the time of the answer
   * does not tell whether there is an account.
   * @throws HashingBusy
   */
  async match(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await this.#hashOfNobody());
    const matches = await this.queue.run(() => verify(against, password.normalize('NFKC')));
    return matches && stored !== undefined;
  }

  /** Whether a stored hash was made with less work than today's. */
  isOutdated(stored: string): boolean {
    const { memoryCost, timeCost, parallelism } = parseOptions(stored);
    return (
      !stored.startsWith('$argon2id$') ||
      memoryCost < COST.memoryCost ||
      timeCost < COST.timeCost ||
      parallelism < COST.parallelism
    );
  }

  /** Made once, when the process starts to serve: the first unknown address must not take longer than the second. */
  async prepare(): Promise<void> {
    await this.#hashOfNobody();
  }

  #hashOfNobody(): Promise<string> {
    this.#nobodys ??= hash(randomBytes(32), COST);
    return this.#nobodys;
  }
}
