import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { EventStoreTimeout } from '../errors.js';
import { BEGINNING, type Position, type StoredEvent } from '../event-store.js';
import type { Connection } from './connection.js';
import { comparePositions, parsePosition, positionText } from './positions.js';
import { OUR_STREAMS, storedEvent } from './stored-bytes.js';

/** A stretch of the log as it came from the server. */
export interface FeedPage {
  readonly events: readonly StoredEvent[];
  /** How far the stretch reaches, also where nothing matched. */
  readonly checkpoint: Position;
}

/** Events of the log that the server looks at between two checkpoints of a subscription whose filter matches nothing. */
export const CHECKPOINT_EVERY = 256;
const PAGE_BYTES = 16 * 1024 * 1024;
/** Events that wait in memory besides the page in hand; each may have a megabyte. */
const READ_AHEAD = 16;

/** One subscription of the client, read page by page. It ends with its first error, and so does the feed. */
export class LogFeed {
  private readonly subscription: AllStreamSubscription;
  private readonly confirming: NodeJS.Timeout;
  private reached: Position;
  /** The newest checkpoint of the server. */
  private checkpoint: Position = BEGINNING;
  private live = false;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  /**
   * @param after exclusive
   * @param prefix of stream names; every stream of ours when empty
   * @param patience milliseconds of silence that end the feed; none for one that waits for what is not there yet
   */
  constructor(
    connection: Connection,
    after: Position,
    prefix: string,
    private readonly patience?: number,
  ) {
    this.reached = after;
    const filter = {
      maxSearchWindow: CHECKPOINT_EVERY,
      checkpointReached: (_: unknown, position: { commit: bigint; prepare: bigint }) => {
        this.checkpoint = positionText(position);
        this.wake();
      },
    };
    this.subscription = connection.client.subscribeToAll(
      {
        fromPosition: parsePosition(after) ?? START,
        filter:
          prefix === ''
            ? streamNameFilter({ ...filter, regex: OUR_STREAMS })
            : streamNameFilter({ ...filter, prefixes: [prefix] }),
      },
      { highWaterMark: READ_AHEAD },
    );
    this.confirming = setTimeout(() => {
      this.fail(new EventStoreTimeout('EventStoreDB did not confirm a subscription in time.'));
    }, connection.timeout);
    this.listen();
  }

  /** Whether everything that was stored when the subscription began has come; true for good once it is. */
  get hasCaughtUp(): boolean {
    return this.live;
  }

  /**
   * What comes next: a full page, or, from the end of the log on, what is there. While there is nothing it waits, until `stop`.
   * @throws the error that ended the subscription
   */
  async next(size: number, stop?: AbortSignal): Promise<FeedPage | undefined> {
    const wasLive = this.live;
    const events: StoredEvent[] = [];
    let bytes = 0;
    while (stop?.aborted !== true) {
      const woken = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      while (events.length < size && bytes < PAGE_BYTES) {
        const resolved = this.subscription.read() as AllStreamResolvedEvent | null;
        if (resolved === null) break;
        const event = storedEvent(resolved);
        if (!event) continue;
        events.push(event);
        bytes += event.data.length + event.metadata.length;
        this.reached = event.position;
      }
      if (events.length === size || bytes >= PAGE_BYTES) return { events, checkpoint: this.reached };
      if (this.hasMoved() && (this.live || events.length === 0)) return { events, checkpoint: this.toCheckpoint() };
      if (this.live && (events.length > 0 || !wasLive)) return { events, checkpoint: this.reached };
      if (this.failure) throw this.failure;
      await this.sleep(woken, stop);
    }
    return undefined;
  }

  close(): void {
    clearTimeout(this.confirming);
    this.subscription.unsubscribe().catch(() => undefined);
    this.subscription.destroy();
  }

  private listen(): void {
    const wake = (): void => {
      this.wake();
    };
    this.subscription
      .on('readable', wake)
      .on('confirmation', () => {
        clearTimeout(this.confirming);
      })
      .on('caughtUp', () => {
        this.live = true;
        wake();
      })
      .on('error', (error: Error) => {
        this.fail(error);
      })
      .on('close', () => {
        this.fail(new Error('EventStoreDB ended a subscription.'));
      });
  }

  private async sleep(woken: Promise<void>, stop: AbortSignal | undefined): Promise<void> {
    const { wake, patience } = this;
    const silence =
      patience === undefined
        ? undefined
        : setTimeout(() => {
            this.fail(new EventStoreTimeout('EventStoreDB did not answer in time.'));
          }, patience);
    stop?.addEventListener('abort', wake, { once: true });
    await woken;
    stop?.removeEventListener('abort', wake);
    clearTimeout(silence);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }

  /** Whether the server has looked further than the events that came: true only once these have all been taken. */
  private hasMoved(): boolean {
    return comparePositions(this.checkpoint, this.reached) > 0;
  }

  private toCheckpoint(): Position {
    this.reached = this.checkpoint;
    return this.reached;
  }
}
