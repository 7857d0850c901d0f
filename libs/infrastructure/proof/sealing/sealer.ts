import { setTimeout as delay } from 'node:timers/promises';
import { type EventStore, parseStreamName, statedLink } from '@ledgerdesk/event-store';
import type { Connections, Sql } from '@ledgerdesk/read-store';
import { MAX_SEALED, ZEROS } from '../format/texts.js';
import { AnchorConflict, moveAnchor } from './anchoring.js';
import { currentKey } from './key-chain.js';
import { makeSeal, type NewSeal, type SealedEvent, type SealEnd } from './make-seal.js';
import { addSeal, lockSeals, newestSeal, shareEnds } from './seal-table.js';

export interface SealerOptions {
  readonly store: EventStore;
  /** Connections of the role `ld_project`. */
  readonly connections: Connections;
  readonly installationKey: Uint8Array;
  /** Seconds between two seals. */
  readonly interval: number;
  /** Where the newest seal is also kept, outside the database; nowhere when absent. */
  readonly anchorFile?: string;
  readonly onSeal?: (seal: { readonly number: number; readonly events: number; readonly workspaces: number }) => void;
  readonly onConflict?: (conflict: AnchorConflict) => void;
  readonly onFailure?: (error: Error) => void;
}

const READ_AT_ONCE = 1_000;

/**
 * Seals what is new, once per interval. The newest seal is its own checkpoint: it knows the position of its last event, and its number can
 * be taken once only. So any number of processes may run one, and a process that was stopped in the middle can neither seal an event
 * twice nor pass one over. Unlike a projection it looks at stored bytes only and puts nothing aside.
 */
export class Sealer {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: SealerOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /**
   * Seals everything that is new when the last seal is older than the interval, or at once. Answers with the number of sealed events.
   * @throws AnchorConflict after the work, when the anchor is on another chain
   */
  async seal({ now = false }: { readonly now?: boolean } = {}): Promise<number> {
    const { connections, interval, anchorFile } = this.options;
    const { isDue } = await connections.use((sql) => newestSeal(sql, interval));
    let sealed = 0;
    for (let more = isDue || now; more && !this.stopping.signal.aborted;) {
      const events = await this.sealNext();
      sealed += events;
      more = events > 0;
    }
    if (anchorFile !== undefined) await moveAnchor(connections, anchorFile);
    return sealed;
  }

  /** One seal over at most 10,000 events; 0 when nothing is new or somebody else was faster. */
  private async sealNext(): Promise<number> {
    const { connections, onSeal } = this.options;
    const { end } = await connections.use((sql) => newestSeal(sql));
    const events = await this.eventsAfter(end.position);
    if (events.length === 0) return 0;
    const seal = await connections.use((sql) => sql.transaction((transaction) => this.add(transaction, end, events)));
    if (!seal) return 0;
    onSeal?.({ number: seal.number, events: events.length, workspaces: seal.shares.length });
    return events.length;
  }

  private async add(transaction: Sql, end: SealEnd, events: readonly SealedEvent[]): Promise<NewSeal | undefined> {
    await lockSeals(transaction);
    // Read again behind the lock: what another process has sealed meanwhile makes these events old.
    const { end: still, now } = await newestSeal(transaction);
    if (still.number !== end.number) return undefined;
    const { ledger, key } = await currentKey(transaction, this.options.installationKey);
    const workspaces = new Set(events.map(({ stream }) => parseStreamName(stream).workspaceId));
    const ends = await shareEnds(transaction, [...workspaces]);
    const seal = makeSeal(events, { ledger, key, end, shareEnds: ends, sealedAt: now });
    return (await addSeal(transaction, seal)) ? seal : undefined;
  }

  /** An event whose metadata can't be read any more is sealed with zeros for a hash: nothing is passed over, and verification names it. */
  private async eventsAfter(position: string): Promise<readonly SealedEvent[]> {
    const events: SealedEvent[] = [];
    while (events.length < MAX_SEALED) {
      const max = Math.min(READ_AT_ONCE, MAX_SEALED - events.length);
      const page = await this.options.store.readAll({ after: events.at(-1)?.position ?? position, max });
      for (const { stream, revision, position: at, metadata } of page)
        events.push({ stream, revision, position: at, hash: statedLink(metadata)?.hash ?? ZEROS });
      if (page.length < max) break;
    }
    return events;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.seal();
      } catch (error) {
        if (error instanceof AnchorConflict) this.options.onConflict?.(error);
        else this.options.onFailure?.(error instanceof Error ? error : new Error(String(error)));
      }
      await delay(this.options.interval * 1_000, undefined, { signal }).catch(() => undefined);
    }
  }
}
