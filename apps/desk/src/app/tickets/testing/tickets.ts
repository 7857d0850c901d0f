import type { Ticket, TicketSummary, TimelineEntry } from '@ledgerdesk/web-api';

const summary: TicketSummary = {
  id: 't1',
  number: 1042,
  version: 4,
  subject: 'The invoice for October shows the wrong address',
  status: 'open',
  priority: 'normal',
  category: null,
  tags: [],
  channel: 'email',
  requester: { customerId: 'c1', name: 'Grace Hopper', address: 'grace@example.com' },
  erased: false,
  assigneeId: null,
  teamId: null,
  pendingUntil: null,
  openedAt: '2026-11-20T09:30:00.000Z',
  updatedAt: '2026-11-20T09:34:12.000Z',
  waitingSince: null,
  messageCount: 1,
  preview: null,
  externalId: null,
};

/** A row of the list for tests. */
export function summaryOf(fields: Partial<TicketSummary> = {}): TicketSummary {
  return { ...summary, ...fields };
}

/** A whole ticket for tests. */
export function ticketOf(fields: Partial<Ticket> = {}): Ticket {
  return {
    ...summary,
    subcategory: null,
    customFields: {},
    assignmentReason: null,
    solvedAt: null,
    closedAt: null,
    firstRepliedAt: null,
    noteCount: 0,
    links: [],
    mergedInto: null,
    mergedTickets: [],
    takenFrom: [],
    imported: false,
    ...fields,
  };
}

/** An entry of a timeline for tests; its id follows from its revision. */
export function entryOf(revision: number, fields: Partial<TimelineEntry> = {}): TimelineEntry {
  return {
    id: `e${revision}`,
    ticketId: 't1',
    revision,
    kind: 'customer_message',
    type: 'TicketOpened',
    actor: 'customer:c1',
    cause: 'command:OpenTicket',
    at: '2026-11-20T09:30:00.000Z',
    recordedAt: '2026-11-20T09:30:00.000Z',
    imported: false,
    text: 'Hello',
    erased: false,
    channel: 'email',
    handoff: null,
    addressedTo: null,
    movedTo: null,
    changes: [],
    ...fields,
  };
}
