import { parseStreamName } from '@ledgerdesk/event-store';
import type { Recorded } from '@ledgerdesk/kernel';
import type { Projection } from '@ledgerdesk/read-store';
import type { TicketEvent } from '../domain/ticket.events.js';
import { timelineEntry } from '../domain/timeline-entry.js';
import { TimelineRow } from './timeline.entity.js';

/** The story of a ticket: one line per event, read by revision. */
export const timeline: Projection<TimelineRow> = {
  name: 'timeline',
  version: 1,
  entity: TimelineRow,
  categories: ['ticket'],
  indexes: ['create unique index on {table} (workspace_id, ticket_id, revision desc)'],
  keysOf: ({ id }) => [id],
  apply(_row, event) {
    const ticketId = parseStreamName(event.stream).id;
    return {
      id: event.id,
      workspaceId: event.metadata.workspaceId,
      ticketId,
      revision: event.revision,
      entry: JSON.stringify(timelineEntry(event as Recorded<TicketEvent>, ticketId)),
    };
  },
};
