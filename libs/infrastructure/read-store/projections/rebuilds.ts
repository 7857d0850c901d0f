import { setTimeout as delay } from 'node:timers/promises';
import { type Generation, generations } from './generation.js';
import type { LedgerPosition } from './ledger-consumer.js';
import { flushPendingLists } from './pending-lists.js';
import type { RebuildsOptions } from './rebuilds-options.js';
import { WishFulfilment } from './wish-fulfilment.js';

const EVERY_MS = 500;
const HOUR = 3_600;

/** How long what was read before is kept for going back. */
const KEEP_HOURS = 24;
/** The same for rows that nobody brings forward: they would miss erasures, too. */
const KEEP_UNATTENDED_HOURS = 1;

/**
 * Notices builds that have seen the whole ledger, fulfils wishes (switch, compare, drop, rebuild, replay), and sorts new words into their
 * indexes. Several processes
 * may run it: a read model is attended by one of them at a time, each step is one transaction, and what a process that died has
 * left is found as it stands.
 */
export class Rebuilds {
  private readonly stopping = new AbortController();
  private readonly fulfilment: WishFulfilment;
  private running: Promise<void> | undefined;
  /** The end of the ledger as of the last round: who has reached it is level, however fast the ledger grows. */
  private head: LedgerPosition | undefined;

  constructor(private readonly options: RebuildsOptions) {
    this.fulfilment = new WishFulfilment(options);
  }

  start(): void {
    this.running ??= this.loop();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** One round over all read models. */
  async round(): Promise<void> {
    const { connections, source } = this.options;
    const reached = this.head;
    this.head = await source.head();
    for (const generation of await connections.use(generations)) {
      if (reached !== undefined) await this.noticeBuilt(generation, reached);
      if (needsAttention(generation)) await this.attend(generation);
    }
    await flushPendingLists(connections);
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.round();
      } catch (error) {
        this.options.onFailure(error instanceof Error ? error : new Error(String(error)));
      }
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async noticeBuilt({ table, readModel, builtAt, position }: Generation, head: LedgerPosition): Promise<void> {
    const { connections, source, onOutcome } = this.options;
    if (builtAt !== null || source.compare(position, head) < 0) return;
    const noticed = await connections.use((sql) =>
      sql.rows(
        'update read_model_generation set built_at = now() where table_name = $1 and built_at is null returning table_name',
        [table],
      ),
    );
    if (noticed.length === 1) onOutcome({ readModel, table, what: 'built' });
  }

  /** The lock belongs to the connection, so it goes with a process that dies. */
  private async attend({ table, readModel }: Generation): Promise<void> {
    await this.options.asOwner(async (owner) => {
      const { rows } = await owner.query<{ mine: boolean }>(
        `select pg_try_advisory_lock(hashtextextended('attend ' || $1, 0)) as mine`,
        [readModel],
      );
      if (rows[0]?.mine !== true) return;
      const all = await this.options.connections.use(generations);
      const now = all.find((generation) => generation.table === table);
      if (now !== undefined && needsAttention(now)) {
        const live = all.find((other) => other.readModel === readModel && other.state === 'live');
        await this.fulfilment.fulfil(now, live, owner);
      }
    });
  }
}

function needsAttention(generation: Generation): boolean {
  const { state, wish, builtAt } = generation;
  if (state === 'building') return wish === 'drop' || (wish !== null && builtAt !== null);
  return wish !== null || (state === 'kept' && isKeptTooLong(generation));
}

function isKeptTooLong({ inState, still, running }: Generation): boolean {
  return inState > KEEP_HOURS * HOUR || (!running && Math.min(inState, still) > KEEP_UNATTENDED_HOURS * HOUR);
}
