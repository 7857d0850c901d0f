import type { Recorded } from '@ledgerdesk/kernel';
import type { TicketEvent } from '../domain/ticket.events.js';
import type { TicketView, TimelineEntry } from '../domain/ticket-view.js';

/** What a client is told about one event of a ticket. */
export interface TicketChange {
  readonly type: string;
  /** `ticket-<uuid>` */
  readonly stream: string;
  /** Version of the ticket after the event. */
  readonly version: number;
  /** Position token; `resume` takes it. */
  readonly position: string;
  readonly at: string;
  /** Fields of the ticket view that have other values now; all of them for a new ticket. */
  readonly patch: Partial<TicketView>;
}

/** A new line in the story of a ticket that somebody watches. */
export interface TicketEntry {
  readonly stream: string;
  readonly version: number;
  readonly position: string;
  readonly entry: TimelineEntry;
}

export function changeOf(
  event: Recorded<TicketEvent>,
  position: string,
  before: TicketView | undefined,
  after: TicketView,
): TicketChange {
  return {
    type: event.type,
    stream: `ticket-${after.id}`,
    version: event.revision,
    position,
    at: event.metadata.occurredAt,
    patch: before ? difference(before, after) : after,
  };
}

/** The fields of `after` that are not the same in `before`. */
export function difference(before: TicketView, after: TicketView): Partial<TicketView> {
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => !isSame(before[field as keyof TicketView], value)),
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

/** Auditors and others who only read see message text only where the reading is written down, and a push is no reading: the preview stays out. */
export function withoutText(change: TicketChange): TicketChange {
  const { preview: _preview, ...patch } = change.patch;
  return { ...change, patch };
}
