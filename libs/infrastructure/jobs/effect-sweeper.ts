import { setTimeout as delay } from 'node:timers/promises';
import type { Connections, LedgerPosition, LedgerSource, ProjectionRunner } from '@ledgerdesk/read-store';
import { claimDue, type EffectPointer } from './effect-table.js';
import type { Reaction } from './reaction.js';
import { NONE_REST, type RestingWorkspaces } from './resting-workspaces.js';
import { reactionConsumerName } from './reaction-consumer.js';
import { Watermark } from './watermark.js';

export interface EffectSweeperOptions {
  readonly reactions: readonly Reaction[];
  readonly connections: Connections;
  /** None by default. */
  readonly resting?: RestingWorkspaces;
  readonly source: Pick<LedgerSource, 'head' | 'compare'>;
  readonly positions: () => ReturnType<ProjectionRunner['positions']>;
  readonly enqueue: (pointers: readonly EffectPointer[]) => Promise<void>;
  readonly onFailure: (error: Error) => void;
}

const SWEEP_MS = 1_000;
const BATCH = 500;

/**
 * Puts due effects into the queue, and again those that the queue seems to have lost. It sweeps only for reactions whose
 * consumer runs in this process and has read the ledger up to the due instant: an event that cancels a timer always wins.
 */
export class EffectSweeper {
  private readonly watermarks: ReadonlyMap<string, Watermark>;
  private readonly stopping = new AbortController();
  private pause = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: EffectSweeperOptions) {
    const { compare } = options.source;
    this.watermarks = new Map(options.reactions.map(({ name }) => [name, new Watermark(compare.bind(options.source))]));
  }

  start(): void {
    this.running ??= this.loop();
  }

  /** Something was planned: do not wait for the next round. */
  hurry(): void {
    this.pause.abort();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.hurry();
    await this.running;
  }

  /** One round over all reactions. */
  async sweep(): Promise<void> {
    const instant = await this.now();
    const head = await this.options.source.head();
    const positions = this.options.positions();
    const { connections, resting = NONE_REST } = this.options;
    const atRest = await connections.use(resting);
    for (const { name } of this.options.reactions)
      await this.sweepOne(name, positions.get(reactionConsumerName(name)), { instant, head }, atRest);
  }

  private async sweepOne(
    reaction: string,
    position: LedgerPosition | undefined,
    sample: { readonly instant: Date; readonly head: LedgerPosition },
    atRest: readonly string[],
  ): Promise<void> {
    const watermark = this.watermarks.get(reaction);
    if (position === undefined) return watermark?.forget();
    const until = watermark?.advance(sample, position);
    if (!until) return;
    for (;;) {
      const due = await this.options.connections.use((sql) => claimDue(sql, reaction, until, BATCH, atRest));
      if (due.length > 0) await this.options.enqueue(due);
      if (due.length < BATCH) return;
    }
  }

  private async now(): Promise<Date> {
    const [row] = await this.options.connections.use((sql) =>
      sql.rows<{ now: Date }>('select clock_timestamp() as now'),
    );
    if (!row) throw new Error('The database did not tell its time.');
    return row.now;
  }

  private async loop(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.pause = new AbortController();
      try {
        await this.sweep();
      } catch (error) {
        this.options.onFailure(error instanceof Error ? error : new Error(String(error)));
        this.pause = new AbortController();
      }
      await delay(SWEEP_MS, undefined, { signal: this.pause.signal }).catch(() => undefined);
    }
  }
}
