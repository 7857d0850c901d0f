import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connections } from '../connections.js';
import type { Sql } from '../sql.js';
import { releaseLeases, renewLeases } from './checkpoint.js';
import { ConsumerRunner, type RunnerSurroundings } from './consumer-runner.js';
import type { LedgerConsumer, LedgerSource, RunnerAlarms } from './ledger-consumer.js';
import { LedgerFeed } from './ledger-feed.js';

/** Consumers that come and go while the runner runs. */
export interface ChangingConsumers {
  /** Categories of all that may ever come. */
  readonly categories: readonly string[];
  /** Those of now; one that stays is the same object again. */
  current(sql: Sql): Promise<readonly LedgerConsumer[]>;
}

export interface ProjectionRunnerOptions {
  readonly source: LedgerSource;
  readonly consumers: readonly LedgerConsumer[];
  /** Asked before every round of claims. */
  readonly changing?: ChangingConsumers;
  /** Connections of the role `ld_project`. */
  readonly connections: Connections;
  readonly alarms: RunnerAlarms;
  /** Milliseconds between two renewals of leases, and between two claims of what nobody runs; 1,000 by default. */
  readonly claimEvery?: number;
}

const CLAIM_MS = 1_000;

/** Rest after the ledger could not be read: doubled up to the longest. */
const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 5_000;

/**
 * Runs every consumer that no other process runs. Several processes may be started: each consumer has one runner at a time,
 * and the next one takes over when a lease runs out. Nothing but infrastructure stops it, and then only for a while.
 */
export class ProjectionRunner {
  private readonly owner = randomUUID();
  private readonly around: RunnerSurroundings;
  private runners: readonly ConsumerRunner[];
  private readonly stopping = new AbortController();
  private running: Promise<unknown> | undefined;

  constructor(private readonly options: ProjectionRunnerOptions) {
    const { connections, alarms, source } = options;
    this.around = { connections, alarms, owner: this.owner, compare: source.compare.bind(source) };
    this.runners = options.consumers.map((consumer) => new ConsumerRunner(consumer, this.around));
  }

  start(): void {
    this.running ??= Promise.all([this.feed(), this.claim()]);
  }

  /** Finishes the page in hand and lets another process take over at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    for (const runner of this.runners) runner.giveUp();
    await this.attempt(() => this.options.connections.use((sql) => releaseLeases(sql, this.owner)));
  }

  /** Positions of the consumers that this process runs; generations of read models by their tables. */
  positions(): ReadonlyMap<string, string> {
    const own = this.runners.flatMap(({ identity, position }) =>
      position === undefined ? [] : [[identity, position] as const],
    );
    return new Map(own);
  }

  private async feed(): Promise<void> {
    const { signal } = this.stopping;
    const { source, consumers, changing } = this.options;
    const categories = new Set([...consumers, ...(changing ? [changing] : [])].flatMap((each) => each.categories));
    let backoff = FIRST_BACKOFF_MS;
    while (!signal.aborted) {
      const began = performance.now();
      await this.attempt(() => new LedgerFeed(source, categories, () => this.runners).run(signal));
      backoff =
        performance.now() - began > LONGEST_BACKOFF_MS ? FIRST_BACKOFF_MS : Math.min(backoff * 2, LONGEST_BACKOFF_MS);
      await this.rest(backoff);
    }
  }

  private async claim(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.attempt(async () => {
        const epochs = await this.options.connections.use(async (sql) => {
          await this.refresh(sql);
          return renewLeases(sql, this.owner);
        });
        for (const runner of this.runners) runner.confirm(epochs.get(runner.identity));
        await Promise.all(this.runners.map((runner) => runner.claim()));
      });
      await this.rest(this.options.claimEvery ?? CLAIM_MS);
    }
  }

  /** Takes up the consumers that came, and gives up those that went. */
  private async refresh(sql: Sql): Promise<void> {
    const { consumers, changing } = this.options;
    if (changing === undefined) return;
    const wanted = new Set([...consumers, ...(await changing.current(sql))]);
    const known = new Set(this.runners.map(({ consumer }) => consumer));
    for (const runner of this.runners) if (!wanted.has(runner.consumer)) runner.giveUp();
    this.runners = [
      ...this.runners.filter(({ consumer }) => wanted.has(consumer)),
      ...[...wanted].filter((consumer) => !known.has(consumer)).map((each) => new ConsumerRunner(each, this.around)),
    ];
  }

  private async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.alarms.runnerFailing({
        consumer: 'ledger',
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
  }

  private async rest(ms: number): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await delay(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
