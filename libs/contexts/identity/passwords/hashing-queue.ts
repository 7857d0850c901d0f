import { availableParallelism } from 'node:os';

/** More people want to sign in than passwords can be checked for; nothing was checked. */
export class HashingBusy extends Error {
  override readonly name = 'HashingBusy';
}

interface HashingLimits {
  /** Hashes computed at once; one core is left to everybody who has signed in already. */
  readonly atOnce?: number;
  /** Hashes that may wait; the last of them waits for about two seconds. */
  readonly waiting?: number;
}

/** Lets a few hashes be computed at a time: each takes 64 MiB and 50 ms of a core. */
export class HashingQueue {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor({ atOnce = Math.max(1, availableParallelism() - 1), waiting = 50 }: HashingLimits = {}) {
    this.#atOnce = atOnce;
    this.#mostWaiting = waiting;
  }

  /** @throws HashingBusy when the queue is full */
  async run<Result>(hash: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else await this.#turn();
    try {
      return await hash();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  /** Resolves when a finished hash hands its place over. */
  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#mostWaiting) throw new HashingBusy('Too many passwords are being checked.');
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
