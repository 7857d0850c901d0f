import type { Recorded } from '@ledgerdesk/kernel';
import { ticketView } from './ticket-view.fold.js';
import type { TimelineEntry } from './ticket-view.js';
import type { TicketEvent, TicketName } from './ticket.events.js';
import { timelineEntry } from './timeline-entry.js';

type Events = readonly Recorded<TicketEvent>[];

/** The events of a ticket up to some moment; none when it did not exist then. */
export type EventsOf = (ticketId: string) => Promise<Events>;

/**
 * The story of a ticket, newest first: its own lines, those of the tickets that are merged into it, and the messages that came
 * to any of them from elsewhere. The `timeline` read model answers the same for now; this is for any moment.
 */
export async function ticketStory(ticketId: string, eventsOf: EventsOf): Promise<readonly TimelineEntry[]> {
  const own = await eventsOf(ticketId);
  const shown = [ticketId, ...(ticketView(own)?.mergedTickets ?? []).map((merged) => merged.ticketId)];
  const streams = await Promise.all(shown.map(eventsOf));
  const taken = streams.flat().flatMap(takenBy);
  const origins = [...new Set(taken.map((each) => each.from.ticketId))].filter((id) => !shown.includes(id));
  const wanted = new Set(taken.flatMap(({ messages }) => messages));
  const others = await Promise.all(origins.map(eventsOf));
  return [
    ...streams.flatMap((events, index) => linesOf(events, shown[index] ?? ticketId)),
    ...others.flatMap((events, index) =>
      linesOf(events, origins[index] ?? ticketId).filter(({ id }) => wanted.has(id)),
    ),
  ].sort(newestFirst);
}

/** Where the messages that an event moves go on; the first half of a move, on the ticket that they stand in. */
export function movedBy(
  event: TicketEvent,
): { readonly to: TicketName; readonly messages: readonly string[] } | undefined {
  if (event.type === 'TicketSplit') return { to: event.data.into, messages: event.data.messages };
  if (event.type === 'Released') return { to: event.data.source, messages: event.data.messages };
  return undefined;
}

/** The messages that a ticket takes over; the second half of a move. */
export function takenBy(
  event: TicketEvent,
): readonly { readonly from: TicketName; readonly messages: readonly string[] }[] {
  if (event.type === 'MessagesTaken') return [{ from: event.data.origin, messages: event.data.messages }];
  if (event.type === 'Unmerged') return [{ from: event.data.target, messages: event.data.messages }];
  return [];
}

function linesOf(events: Events, ticketId: string): readonly TimelineEntry[] {
  const moved = new Map<string, TicketName>();
  for (const event of events) {
    const move = movedBy(event);
    for (const id of move?.messages ?? []) if (move) moved.set(id, move.to);
  }
  return events.map((event) => ({ ...timelineEntry(event, ticketId), movedTo: moved.get(event.id) ?? null }));
}

/** Where a line stands in a story. */
export type Place = Pick<TimelineEntry, 'at' | 'ticketId' | 'revision'>;

/** Lines of one instant keep to their streams. Instants of one form, and ids, sort like texts. */
export function newestFirst(one: Place, other: Place): number {
  if (one.at !== other.at) return one.at < other.at ? 1 : -1;
  if (one.ticketId !== other.ticketId) return one.ticketId < other.ticketId ? 1 : -1;
  return other.revision - one.revision;
}
