import type { EventStore, Position, StoredEvent, SubscribeOptions, Subscription } from '../event-store.js';

/** A subscriber that keeps what it is given, and a way to wait for it without sleeping. */
export class Collector {
  readonly events: StoredEvent[] = [];
  readonly failures: Error[] = [];
  checkpoint: Position;
  caughtUp = 0;
  /** Length of `events` when the subscription had caught up. */
  eventsBeforeCaughtUp = 0;
  private readonly subscription: Subscription;
  private readonly waiting = new Set<() => void>();

  constructor(store: EventStore, options: SubscribeOptions) {
    this.checkpoint = options.after;
    this.subscription = store.subscribe(options, {
      onPage: (events, checkpoint) => {
        this.events.push(...events);
        this.checkpoint = checkpoint;
        this.tell();
        return Promise.resolve();
      },
      onCaughtUp: () => {
        this.caughtUp += 1;
        this.eventsBeforeCaughtUp = this.events.length;
        this.tell();
      },
      onFailure: (error) => {
        this.failures.push(error);
        this.tell();
      },
    });
  }

  /** Resolves once `condition` holds; looked at after every page. */
  async until(condition: (collected: this) => boolean): Promise<void> {
    while (!condition(this)) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  async has(count: number): Promise<void> {
    await this.until(({ events }) => events.length >= count);
  }

  async close(): Promise<void> {
    await this.subscription.close();
  }

  private tell(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
