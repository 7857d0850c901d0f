import type { ExpectedRevision } from './event-store.js';

/** Someone else appended first, or the stream is not where the writer thought. Nothing was written. */
export class WrongRevision extends Error {
  override readonly name = 'WrongRevision';
  /** @param actual revision of the stream's last event, or `no_stream` */
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`Stream ${stream} was expected at ${String(expected)} but is at ${String(actual)}.`);
  }
}

export class StreamNotFound extends Error {
  override readonly name = 'StreamNotFound';
  constructor(readonly stream: string) {
    super(`There is no stream ${stream}.`);
  }
}

export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
  constructor(
    readonly type: string,
    readonly bytes: number,
  ) {
    super(`An event ${type} of ${String(bytes)} bytes is over the limit of 1 MiB.`);
  }
}

/** NUL or half a surrogate pair: no store keeps these unchanged, so no store is asked to. */
export class UnstorableText extends Error {
  override readonly name = 'UnstorableText';
  constructor(readonly place: string) {
    super(`${place} contains a NUL character or half a surrogate pair.`);
  }
}

/** An append that no store would accept: no events, a repeated event id, a name or number that is out of shape. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';
}

/** The database can't be reached. An append may be repeated with the same event ids. */
export class EventStoreUnavailable extends Error {
  override readonly name = 'EventStoreUnavailable';
}

/** No answer in time. The outcome of an append is unknown: repeat it with the same event ids. */
export class EventStoreTimeout extends Error {
  override readonly name = 'EventStoreTimeout';
}

/** More work is queued than the database takes; try again in a moment. Nothing was written. */
export class EventStoreBusy extends Error {
  override readonly name = 'EventStoreBusy';
  constructor() {
    super('The queue of appends is full.');
  }
}

/** A key is neither there nor marked as destroyed: keys were lost or not restored. Needs a person. */
export class KeyMissing extends Error {
  override readonly name = 'KeyMissing';
  constructor(
    readonly workspaceId: string,
    readonly keyId: string,
  ) {
    super(`The key ${keyId} of workspace ${workspaceId} is missing.`);
  }
}
