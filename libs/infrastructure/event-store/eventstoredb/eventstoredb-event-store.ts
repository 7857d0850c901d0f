import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  FORWARDS,
  InvalidTransactionError,
  MaxAppendSizeExceededError,
  NO_STREAM,
  type ResolvedEvent,
  START,
  type StreamingRead,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { PendingAppend } from '../append-queue.js';
import { checkAppend } from '../check-append.js';
import { EventStoreUnavailable, InvalidAppend, StreamNotFound, WrongRevision } from '../errors.js';
import {
  type AppendOptions,
  type AppendResult,
  BEGINNING,
  type EventRecord,
  type EventStore,
  type ExpectedRevision,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type StoredEvent,
  type Subscriber,
  type SubscribeOptions,
  type Subscription,
} from '../event-store.js';
import { parseStreamName } from '../stream-name.js';
import { AppendRounds } from './append-rounds.js';
import { connect, type Connection } from './connection.js';
import { isOutcomeUnknown, typedFailure } from './failures.js';
import { LogFeed } from './log-feed.js';
import { LogFollower } from './log-follower.js';
import { comparePositions, parsePosition, positionText } from './positions.js';
import { eventData, storedEvent } from './stored-bytes.js';
import { collected } from './stream-reads.js';

export interface EventStoreDbOptions {
  /** `esdb://name:password@host:2113`, or `esdb+discover://` for a cluster. */
  readonly url: string;
  /** Milliseconds until a silent server counts as hung; 10,000 by default. */
  readonly timeout?: number;
  /** Appends that may wait; 2,000 by default. */
  readonly queueCapacity?: number;
}

const MAX_READ = 4_096;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Events that `head` looks at first, from the end; the server's own may stand behind ours. */
const HEAD_PAGE = 16;
const LARGEST_HEAD_PAGE = 1_024;

/** The event store on EventStoreDB or KurrentDB, version 23.10 or newer. Connects on first use. */
export class EventStoreDbEventStore implements EventStore {
  private readonly connection: Connection;
  private readonly rounds: AppendRounds;
  private readonly subscriptions = new Set<Subscription>();
  private closed = false;

  constructor({ url, timeout = 10_000, queueCapacity = 2_000 }: EventStoreDbOptions) {
    this.connection = connect(url, timeout);
    // An append that may have happened or not is sent once more: the same ids at the same revision write nothing twice.
    this.rounds = new AppendRounds((append) => twice(() => this.appendOnce(append)), queueCapacity);
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventRecord[],
    { lane = 'interactive' }: AppendOptions = {},
  ): Promise<AppendResult> {
    const bytes = checkAppend(stream, expected, events);
    if (!events.every(({ id }) => UUID.test(id))) throw new InvalidAppend('The id of an event is not a UUID.');
    const { workspaceId } = parseStreamName(stream);
    return this.rounds.add({ stream, workspaceId, expected, events, bytes }, lane);
  }

  async read(
    stream: string,
    { from, direction = 'forwards', max = MAX_READ }: ReadOptions = {},
  ): Promise<readonly StoredEvent[]> {
    parseStreamName(stream);
    const backwards = direction === 'backwards';
    try {
      const events = await this.reading(() =>
        this.connection.client.readStream(stream, {
          direction: backwards ? BACKWARDS : FORWARDS,
          fromRevision: from === undefined ? (backwards ? END : START) : BigInt(from),
          maxCount: bounded(max),
        }),
      );
      return ours(events);
    } catch (error) {
      throw error instanceof StreamNotFoundError ? new StreamNotFound(stream) : error;
    }
  }

  async readAll({ after, prefix = '', max = MAX_READ }: ReadAllOptions): Promise<readonly StoredEvent[]> {
    return twice(() => this.readLog(after, prefix, bounded(max)));
  }

  async head(): Promise<Position> {
    let from: AllStreamResolvedEvent | undefined;
    for (let size = HEAD_PAGE; ; size = Math.min(size * 4, LARGEST_HEAD_PAGE)) {
      const position = from?.event?.position;
      const page = await this.reading(() =>
        this.connection.client.readAll({ direction: BACKWARDS, fromPosition: position ?? END, maxCount: size }),
      );
      const newest = ours(page).at(0);
      if (newest) return newest.position;
      if (page.length < size) return BEGINNING;
      from = page.at(-1);
    }
  }

  subscribe(options: SubscribeOptions, subscriber: Subscriber): Subscription {
    parsePosition(options.after);
    this.refuseWhenClosed();
    const running = new LogFollower(this.connection, options, subscriber);
    const subscription: Subscription = {
      close: async () => {
        this.subscriptions.delete(subscription);
        await running.close();
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  /** The client has no way to close its channel; an idle one holds neither the process nor a timer. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await this.rounds.close();
    await this.connection.client.dispose();
  }

  private async appendOnce({ stream, expected, events }: PendingAppend): Promise<AppendResult> {
    const { client, credentials } = this.connection;
    const revision = (expected === 'no_stream' ? -1 : expected) + events.length;
    try {
      const { position } = await client.appendToStream(stream, events.map(eventData), {
        expectedRevision: expected === 'no_stream' ? NO_STREAM : BigInt(expected),
        credentials,
      });
      return { revision, position: position ? positionText(position) : await this.positionOf(stream, revision) };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) {
        const actual = typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) : 'no_stream';
        throw new WrongRevision(stream, expected, actual);
      }
      // What the server says when only the first of the ids stand where they should.
      if (error instanceof InvalidTransactionError) {
        throw new WrongRevision(stream, expected, (await this.lastOf(stream)).revision);
      }
      if (error instanceof MaxAppendSizeExceededError) {
        throw new InvalidAppend(`EventStoreDB takes at most ${String(error.maxAppendSize)} bytes per append.`);
      }
      throw error;
    }
  }

  /** The answer to a repeated append may come without a position. */
  private async positionOf(stream: string, revision: number): Promise<Position> {
    const event = (await this.read(stream, { from: revision, max: 1 })).at(0);
    if (!event) throw new StreamNotFound(stream);
    return event.position;
  }

  private async lastOf(stream: string): Promise<StoredEvent> {
    const event = (await this.read(stream, { direction: 'backwards', max: 1 })).at(0);
    if (!event) throw new StreamNotFound(stream);
    return event;
  }

  /** The client knows no filter for reads, and its subscriptions do: this one ends where the log does. */
  private async readLog(after: Position, prefix: string, wanted: number): Promise<readonly StoredEvent[]> {
    this.refuseWhenClosed();
    const feed = new LogFeed(this.connection, after, prefix, this.connection.timeout);
    const events: StoredEvent[] = [];
    try {
      while (events.length < wanted && !feed.hasCaughtUp) {
        const page = await feed.next(wanted - events.length);
        events.push(...(page?.events ?? []));
      }
      return events;
    } finally {
      feed.close();
    }
  }

  private async reading<Item>(begin: () => StreamingRead<Item>): Promise<readonly Item[]> {
    return twice(() => {
      this.refuseWhenClosed();
      return collected(begin(), this.connection.timeout);
    });
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new EventStoreUnavailable('The event store was closed.');
  }
}

/** Once more when the connection was lost on the way: nothing that is done here is harmed by being done twice. */
async function twice<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw typedFailure(error);
  }
  try {
    return await work();
  } catch (error) {
    throw typedFailure(error);
  }
}

function bounded(max: number): number {
  return Math.min(Math.max(max, 1), MAX_READ);
}

function ours(events: readonly (ResolvedEvent | AllStreamResolvedEvent)[]): readonly StoredEvent[] {
  return events.map(storedEvent).filter((event) => event !== undefined);
}
