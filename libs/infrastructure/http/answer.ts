import type { Position } from '@ledgerdesk/event-store';

/** A body that is JSON already, for example a row that Postgres has put together; it is sent as it is. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** What the headers of an answer say. */
export interface AnswerFacts {
  /** Version of the aggregate behind the body; makes the `ETag`. */
  readonly version?: number;
  /** Position of the last event; a write answers with it as `Ledger-Position`. */
  readonly position?: Position;
  /** Path of what was created. */
  readonly location?: string;
  /** Sealed cursor of the next page; makes the `Link` header. */
  readonly next?: string;
}

/** What an endpoint answers when it has more to say than a body: `new Answer(view, { version, position })`. */
export class Answer<Body extends object> {
  constructor(
    readonly body: Body | JsonText,
    readonly facts: AnswerFacts = {},
  ) {}
}
