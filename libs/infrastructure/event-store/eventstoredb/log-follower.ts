import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreUnavailable } from '../errors.js';
import type { Position, Subscriber, SubscribeOptions, Subscription } from '../event-store.js';
import type { Connection } from './connection.js';
import { typedFailure } from './failures.js';
import { LogFeed } from './log-feed.js';

const PAGE_SIZE = 2_000;
const FIRST_BACKOFF = 50;
const LONGEST_BACKOFF = 5_000;

/**
 * Follows the log from a position on; holds one page at a time, however slow its subscriber is. A subscription of the client ends
 * with its first error and never begins again: this one does, from its checkpoint.
 */
export class LogFollower implements Subscription {
  private readonly stop = new AbortController();
  private readonly finished: Promise<void>;
  private checkpoint: Position;
  private caughtUp = false;
  private backoff = FIRST_BACKOFF;

  constructor(
    private readonly connection: Connection,
    private readonly options: SubscribeOptions,
    private readonly subscriber: Subscriber,
  ) {
    this.checkpoint = options.after;
    this.finished = this.run();
  }

  /** Ends after the page in hand; do not await it inside `onPage`. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.finished;
  }

  private async run(): Promise<void> {
    while (!this.stop.signal.aborted) {
      const feed = new LogFeed(this.connection, this.checkpoint, this.options.prefix ?? '');
      try {
        await this.follow(feed);
      } catch (error) {
        this.subscriber.onFailure?.(described(error));
        await this.rest(this.backoff);
        this.backoff = Math.min(this.backoff * 2, LONGEST_BACKOFF);
      } finally {
        feed.close();
      }
    }
  }

  /** Delivers page after page until stopped; a page that failed is delivered again by the next feed. */
  private async follow(feed: LogFeed): Promise<void> {
    for (;;) {
      const page = await feed.next(this.options.pageSize ?? PAGE_SIZE, this.stop.signal);
      if (!page || this.stop.signal.aborted) return;
      const began = performance.now();
      if (page.checkpoint !== this.checkpoint) {
        await this.subscriber.onPage(page.events, page.checkpoint);
        this.checkpoint = page.checkpoint;
      }
      this.backoff = FIRST_BACKOFF;
      if (feed.hasCaughtUp && !this.caughtUp) {
        this.caughtUp = true;
        this.subscriber.onCaughtUp?.();
      }
      if (this.caughtUp) await this.rest((this.options.gather ?? 0) - (performance.now() - began));
    }
  }

  private async rest(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await pause(milliseconds, undefined, { signal: this.stop.signal }).catch(() => undefined);
  }
}

function described(error: unknown): Error {
  const failure = typedFailure(error);
  return failure instanceof Error ? failure : new EventStoreUnavailable('EventStoreDB can not be reached.');
}
