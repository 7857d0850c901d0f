import { setTimeout as pause } from 'node:timers/promises';
import type { Position, StoredEvent, Subscriber, SubscribeOptions, Subscription } from '../event-store.js';
import type { LogReader } from './log-reader.js';
import { comparePositions } from './positions.js';
import type { WakeUp } from './wake-up.js';

const PAGE_SIZE = 2_000;
const FIRST_BACKOFF = 50;
const LONGEST_BACKOFF = 5_000;

/** Follows the log from a position on; holds one page at a time, however slow its subscriber is. */
export class LogSubscription implements Subscription {
  private readonly stop = new AbortController();
  private readonly finished: Promise<void>;
  private checkpoint: Position;
  /** Where the log ended when the subscription began, until that is reached. */
  private goal: Position | undefined;
  private caughtUp = false;

  constructor(
    private readonly log: LogReader,
    private readonly wakeUp: WakeUp,
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
    let backoff = FIRST_BACKOFF;
    while (!this.stop.signal.aborted) {
      try {
        await this.step();
        backoff = FIRST_BACKOFF;
      } catch (error) {
        this.subscriber.onFailure?.(error instanceof Error ? error : new Error(String(error)));
        await this.rest(backoff);
        backoff = Math.min(backoff * 2, LONGEST_BACKOFF);
      }
    }
  }

  /** One page; a failed page is delivered again. */
  private async step(): Promise<void> {
    const { seen } = this.wakeUp;
    const began = performance.now();
    this.goal ??= await this.log.head();
    const page = await this.log.page(this.checkpoint, this.options.prefix ?? '', this.options.pageSize ?? PAGE_SIZE);
    if (this.stop.signal.aborted) return;
    if (page.checkpoint !== undefined) await this.deliver(page.events, page.checkpoint);
    if (!this.caughtUp && comparePositions(this.checkpoint, this.goal) >= 0) {
      this.caughtUp = true;
      this.subscriber.onCaughtUp?.();
    }
    if (page.checkpoint === undefined) await this.wakeUp.sleep(seen, this.stop.signal);
    else if (this.caughtUp) await this.rest((this.options.gather ?? 0) - (performance.now() - began));
  }

  private async rest(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await pause(milliseconds, undefined, { signal: this.stop.signal }).catch(() => undefined);
  }

  private async deliver(events: readonly StoredEvent[], checkpoint: Position): Promise<void> {
    await this.subscriber.onPage(events, checkpoint);
    this.checkpoint = checkpoint;
  }
}
