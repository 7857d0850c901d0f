import type { Recorded } from '@ledgerdesk/kernel';
import type { Sql } from '../sql.js';

/** Where an event stands in the ledger; opaque, the beginning is the empty text. */
export type LedgerPosition = string;

/** Stands for the categories of all streams, whatever will be added. */
export const EVERY_CATEGORY = '*';

/** Something that follows the ledger and keeps what it learned in Postgres, beside its checkpoint. */
export interface LedgerConsumer {
  /** Names its checkpoint; unique in the installation, except for the generations of one read model. */
  readonly name: string;
  /** The table that it fills, for generations of read models: their checkpoint goes by it, whatever it is called meanwhile. */
  readonly generation?: string;
  /** A runner of an older version stands aside once a newer one was installed. */
  readonly version: number;
  /** Categories of the streams it reads; `EVERY_CATEGORY` needs a source that knows it. */
  readonly categories: readonly string[];
  /** Whether it keeps texts: then the history that an erasing event brings along is told to it again before the event. */
  readonly keepsTexts?: boolean;
  /** Whether an event changes anything here, by default always: one that does not costs no transaction. Never throws. */
  concerns?(event: Recorded): boolean;
  /**
   * Writes what the events mean, inside the transaction of the checkpoint. Runs again after a rollback, so it changes nothing
   * outside that transaction. An error that is not infrastructure's makes the runner look for the guilty event.
   */
  apply(sql: Sql, events: readonly Recorded[]): Promise<void>;
  /** The transaction of the last `apply` ended. */
  settled(outcome: 'committed' | 'rolled-back'): void;
}

/** What tells the checkpoint of a consumer from all others, for good. */
export function identityOf({ name, generation }: Pick<LedgerConsumer, 'name' | 'generation'>): string {
  return generation ?? name;
}

/** An event on its way to the consumers. */
export interface LedgerEvent {
  readonly stream: string;
  readonly category: string;
  readonly workspaceId: string;
  readonly revision: number;
  readonly position: LedgerPosition;
  /** The readable event, or the error that reading it gave. */
  readonly content: Recorded | Error;
  /**
   * Set for an event after which earlier texts of its stream read otherwise (an erasure): everything before it in the stream, as it
   * reads now.
   */
  readonly history?: () => Promise<readonly Recorded[]>;
}

/** Everything in the ledger after `from` up to and including `to`, as far as somebody reads it. */
export interface LedgerPage {
  readonly from: LedgerPosition;
  readonly to: LedgerPosition;
  readonly events: readonly LedgerEvent[];
}

/** The ledger as consumers read it: in order, opened, all workspaces. */
export interface LedgerSource {
  /** The next events of these categories; looks at no more than `max` events of any category. */
  read(after: LedgerPosition, max: number, categories: ReadonlySet<string>): Promise<LedgerPage>;
  /** Gives every page after `after` as it comes; the next one waits for the promise. Reconnects by itself. */
  follow(
    after: LedgerPosition,
    categories: ReadonlySet<string>,
    onPage: (page: LedgerPage) => Promise<void>,
  ): { close(): Promise<void> };
  /** Position of the newest event. */
  head(): Promise<LedgerPosition>;
  /** Negative, zero or positive, like a sort callback. */
  compare(a: LedgerPosition, b: LedgerPosition): number;
}

/** What a runner wants a person to know. Messages hold no text of events. */
export interface RunnerAlarms {
  eventParked(parked: { consumer: string; stream: string; revision: number; reason: string }): void;
  runnerFailing(failing: { consumer: string; error: Error }): void;
}
