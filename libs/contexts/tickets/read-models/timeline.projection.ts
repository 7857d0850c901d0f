import { parseStreamName } from '@ledgerdesk/event-store';
import type { Recorded } from '@ledgerdesk/kernel';
import type { Projection } from '@ledgerdesk/read-store';
import { movedBy, takenBy } from '../domain/ticket-story.js';
import type { TimelineEntry } from '../domain/ticket-view.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { timelineEntry } from '../domain/timeline-entry.js';
import { TimelineRow } from './timeline.entity.js';

/** The story of a ticket: one line per event. A message that was moved stays one line, which two tickets show. */
export const timeline: Projection<TimelineRow> = {
  name: 'timeline',
  version: 2,
  entity: TimelineRow,
  categories: ['ticket'],
  indexes: [
    'create index on {table} (workspace_id, ticket_id, at desc, revision desc)',
    'create index on {table} (workspace_id, moved_to, at desc, ticket_id desc, revision desc) where moved_to is not null',
  ],
  keysOf(event) {
    const told = event as Recorded<TicketEvent>;
    return [event.id, ...(movedBy(told)?.messages ?? []), ...takenBy(told).flatMap(({ messages }) => messages)];
  },
  apply: (row, event, key) =>
    key === event.id
      ? // Told again after an erasure, a line goes on where the stream of another ticket had taken it.
        lineOf(event as Recorded<TicketEvent>, row?.movedTo ?? null)
      : row && moved(row, event as Recorded<TicketEvent>),
};

function lineOf(event: Recorded<TicketEvent>, movedTo: string | null): TimelineRow {
  const ticketId = parseStreamName(event.stream).id;
  return {
    id: event.id,
    workspaceId: event.metadata.workspaceId,
    ticketId,
    revision: event.revision,
    at: new Date(event.metadata.occurredAt),
    movedTo,
    entry: JSON.stringify(timelineEntry(event, ticketId)),
  };
}

/** The ticket that a message stands in says where it goes; the other one shows it only when it has said so itself. */
function moved(row: TimelineRow, event: Recorded<TicketEvent>): TimelineRow {
  const move = movedBy(event);
  if (!move) return { ...row, movedTo: parseStreamName(event.stream).id };
  return { ...row, entry: JSON.stringify({ ...(JSON.parse(row.entry) as TimelineEntry), movedTo: move.to }) };
}
