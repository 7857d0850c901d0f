import type { Recorded } from '@ledgerdesk/kernel';
import type { EventCodec } from './codec/event-codec.js';
import { type BrokenLink, verifyStream } from './codec/verify-stream.js';
import { readWhole } from './commands/load.js';
import type { EventStore, ReadOptions, StoredEvent } from './event-store.js';

/** The reading side of the ledger: events with their personal texts readable, or erased. */
export class Ledger {
  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
  ) {}

  /** @throws StreamNotFound */
  async read(stream: string, options?: ReadOptions): Promise<readonly Recorded[]> {
    return this.codec.open(await this.store.read(stream, options));
  }

  /** Opens events that came from a subscription or from the stored bytes. */
  async open(events: readonly StoredEvent[], options: { readonly fresh?: boolean } = {}): Promise<readonly Recorded[]> {
    return this.codec.open(events, options);
  }

  /** Whoever follows the ledger shows every event here, so that this process stops using a key that another one destroyed. */
  heed(events: readonly StoredEvent[]): void {
    this.codec.heed(events);
  }

  /** The first broken link of a stream's hash chain; `undefined` when all of it is as it was written. */
  async verify(stream: string): Promise<BrokenLink | undefined> {
    return verifyStream(await readWhole(this.store, stream));
  }
}
