import type { Ticket, TimelineEntry } from '@ledgerdesk/web-api';

/** A ticket changed: `patch` holds the fields that are different now (all of them when the ticket is new). */
export interface Change {
  readonly type: string;
  /** `ticket-<uuid>`. */
  readonly stream: string;
  readonly version: number;
  readonly position: string;
  readonly at: string;
  readonly patch: Partial<Ticket>;
}

/** Something was added to the story of a watched ticket. */
export interface Entry {
  readonly stream: string;
  readonly version: number;
  readonly position: string;
  readonly entry: TimelineEntry;
}

/** What this person is writing or has scheduled in a ticket changed, perhaps in another tab. */
export interface DraftChange {
  readonly ticketId: string;
  readonly what: 'draft' | 'reply';
  /** 0 when it is gone. */
  readonly version: number;
}

/** A ticket left our sight. */
export interface Gone {
  readonly stream: string;
}

export type ResumeAnswer =
  | { readonly ok: true; readonly position: string; readonly resync?: boolean; readonly changes?: readonly Change[] }
  | { readonly error: { readonly code: string; readonly message: string } };

/** `version` is the ticket's when the watch began: entries of later versions are pushed. */
export type WatchAnswer =
  | { readonly ok: true; readonly version: number }
  | { readonly error: { readonly code: string; readonly message: string } };

/** From this version of a ticket on, every entry of its story is pushed. */
export interface Watch {
  readonly ticketId: string;
  readonly version: number;
}

/** What the server of `/desk` sends. */
export interface ServerMessages {
  ready(message: { readonly position: string }): void;
  change(message: Change): void;
  entry(message: Entry): void;
  gone(message: Gone): void;
  drafts(message: DraftChange): void;
  resync(message: { readonly position: string }): void;
  rights(message: { readonly position: string }): void;
  expired(): void;
}

/** The id of the ticket that a stream belongs to. */
export function ticketIdOf(stream: string): string {
  return stream.slice('ticket-'.length);
}

/** What the desk sends. The server refuses a message without an acknowledgement. */
export interface ClientMessages {
  watch(message: { readonly ticketId: string }, answer: (answer: WatchAnswer) => void): void;
  unwatch(message: { readonly ticketId: string }, answer: () => void): void;
  resume(message: { readonly position: string }, answer: (answer: ResumeAnswer) => void): void;
}
