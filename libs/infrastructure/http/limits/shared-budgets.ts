import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Log } from '@ledgerdesk/logging';
import { balanceOf, type Budget, cellOf, CELLS, type Verdict } from './budget.js';
import { TAKE } from './take.lua.js';

/** Milliseconds after which an answer of Redis is not waited for any more. */
const PATIENCE = 250;
/** Milliseconds between two questions to a Redis that has not answered. */
const PAUSE = 1_000;

/** Hears when counting together ends and when it goes on. */
export interface SharingAlarms {
  lost(error: unknown): void;
  found(): void;
}

export function alarmsIn(log: Log): SharingAlarms {
  return {
    lost(err) {
      log.warn({ err }, 'requests are counted by this process alone, because Redis does not answer');
    },
    found() {
      log.info({}, 'requests are counted by all processes together again');
    },
  };
}

interface Taking {
  take(keys: number, ...keysAndArguments: (string | number)[]): Promise<number[]>;
}

/**
 * Counts in Redis, for all nodes together: one command, one round trip. While Redis does not answer, one request a second asks it
 * again, and no other waits for it.
 */
export class SharedBudgets implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #redis: Redis & Taking;
  #isLost = false;
  #askAgainAt = 0;

  constructor(
    redisUrl: string,
    private readonly alarms: SharingAlarms,
  ) {
    this.#redis = new Redis(redisUrl, {
      lazyConnect: true,
      // Nothing is kept for later: a request that could not be counted at once is counted in this process.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: PAUSE,
      connectTimeout: PAUSE,
      retryStrategy: () => PAUSE,
      scripts: { take: { lua: TAKE } },
    }) as Redis & Taking;
    // The request that gets no answer says so.
    this.#redis.on('error', () => undefined);
  }

  /** Without Redis the desk starts as well. */
  async onApplicationBootstrap(): Promise<void> {
    await this.#redis.connect().catch(() => undefined);
  }

  /** `undefined` when Redis does not say. */
  async take(budgets: readonly Budget[]): Promise<Verdict | undefined> {
    const isTrial = this.#isLost;
    if (isTrial) {
      if (performance.now() < this.#askAgainAt) return undefined;
      this.#askAgainAt = performance.now() + PAUSE;
    }
    try {
      const keys = budgets.map(({ key }) => key);
      const shapes = budgets.flatMap(({ policy }) => [policy.quota, cellOf(policy)]);
      const [allowed, ...facts] = await inTime(this.#redis.take(keys.length, ...keys, ...shapes, CELLS));
      if (this.#isLost) {
        this.#isLost = false;
        this.alarms.found();
      }
      const balances = budgets.map(({ policy }, i) => balanceOf(policy, facts[2 * i] ?? 0, facts[2 * i + 1] ?? 0));
      return { allowed: allowed === 1, balances };
    } catch (error) {
      // What was under way together with the one that noticed has nothing to add.
      if (isTrial || !this.#isLost) this.#lose(error);
      return undefined;
    }
  }

  onApplicationShutdown(): void {
    this.#redis.disconnect();
  }

  #lose(error: unknown): void {
    if (!this.#isLost) this.alarms.lost(error);
    this.#isLost = true;
    this.#askAgainAt = performance.now() + PAUSE;
    // What waits on a connection that has gone silent must not pile up there.
    if (this.#redis.status === 'ready') this.#redis.disconnect(true);
  }
}

/** A process that was busy itself must not blame Redis: what has arrived meanwhile is read before patience ends. */
function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      setImmediate(reject, new Error('Redis did not answer in time.'));
    }, PATIENCE);
    answer.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
