/** Where an event stands in the whole log. Opaque: only the store that gave it out can compare two of them. */
export type Position = string;

/** Before the first event of every store. */
export const BEGINNING: Position = '';

/** A writer must know its predecessor: there is deliberately no "any". */
export type ExpectedRevision = 'no_stream' | number;

/** One event as bytes: `data` and `metadata` are canonical JSON text, already encrypted and hash-chained by the codec. */
export interface EventRecord {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** An event read back. */
export interface StoredEvent extends EventRecord {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

export interface AppendOptions {
  /** Imports use `bulk`, which gets at most half of a batch. */
  readonly lane?: 'interactive' | 'bulk';
}

/** An event of a history that is taken over from another installation, with its place. */
export type HistoryEvent = Omit<StoredEvent, 'position'>;

export interface AppendResult {
  /** Revision and position of the last event of the append. */
  readonly revision: number;
  readonly position: Position;
}

export interface ReadOptions {
  /** First revision to return, included. Defaults to the start, or to the end when reading backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** At most this many events; 1 to 4,096, by default 4,096. */
  readonly max?: number;
}

export interface ReadAllOptions {
  /** Exclusive. */
  readonly after: Position;
  /** Only streams whose name begins with this. */
  readonly prefix?: string;
  readonly max?: number;
}

/** Receives events in log order, one page at a time; the next page waits for the promise. */
export interface Subscriber {
  /** `events` may be empty: then only the checkpoint moved. */
  onPage(events: readonly StoredEvent[], checkpoint: Position): Promise<void>;
  /** Called once, when the subscriber has seen everything that was stored when it began. */
  onCaughtUp?(): void;
  /** The subscription reconnects by itself; this is for logs and health. */
  onFailure?(error: Error): void;
}

export interface SubscribeOptions extends ReadAllOptions {
  readonly pageSize?: number;
  /**
   * Milliseconds between two pages of a subscriber that has caught up, so that events of a burst share a page; by default none.
   * The first event after a silence is delivered at once.
   */
  readonly gather?: number;
}

export interface Subscription {
  close(): Promise<void>;
}

/**
 * The ledger. No delete, no truncate, no overwrite. Two adapters pass one contract suite.
 *
 * Errors: `WrongRevision`, `StreamNotFound`, `EventTooLarge` (1 MiB), `UnstorableText` (NUL, lone surrogate),
 * `EventStoreUnavailable`, `EventStoreTimeout`, `EventStoreBusy` (queue full).
 */
export interface EventStore {
  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventRecord[],
    options?: AppendOptions,
  ): Promise<AppendResult>;
  /**
   * A stretch of a history, all or nothing of each stream, so that the log holds it in the given order. Events of one stream follow
   * each other by revision. A store that can not do this at once leaves it out: call `appendHistory`, which then goes step by step.
   * @throws WrongRevision when a stream is elsewhere; the other streams' events may have been written then
   */
  appendHistory?(events: readonly HistoryEvent[]): Promise<void>;
  /** @throws StreamNotFound */
  read(stream: string, options?: ReadOptions): Promise<readonly StoredEvent[]>;
  readAll(options: ReadAllOptions): Promise<readonly StoredEvent[]>;
  /** Position of the newest event, `BEGINNING` when there is none. */
  head(): Promise<Position>;
  subscribe(options: SubscribeOptions, subscriber: Subscriber): Subscription;
  /** Negative, zero or positive, like a sort callback. */
  compare(a: Position, b: Position): number;
  /** How many events are after `a` up to and including `b`; missing where positions do not tell. */
  distance?(a: Position, b: Position): number;
  close(): Promise<void>;
}

/** Nest injection token of the installation's one event store. */
export const EVENT_STORE = Symbol('EventStore');
