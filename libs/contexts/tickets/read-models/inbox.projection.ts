import { parseStreamName } from '@ledgerdesk/event-store';
import type { Recorded } from '@ledgerdesk/kernel';
import type { Projection } from '@ledgerdesk/read-store';
import type { TicketEvent } from '../domain/ticket.events.js';
import { evolveView, summaryOf } from '../domain/ticket-view.fold.js';
import type { TicketView } from '../domain/ticket-view.js';
import { TICKET_PRIORITIES, type TicketStatus } from '../domain/ticket.js';
import { InboxRow } from './inbox.entity.js';

const ACTIVE: readonly TicketStatus[] = ['new', 'open', 'pending', 'on_hold'];

/** Views of the rows that were made in this process: the next event of a ticket needs no parsing. */
const views = new WeakMap<InboxRow, TicketView>();

/** The ticket list and the tickets themselves, as they are now. */
export const inbox: Projection<InboxRow> = {
  name: 'inbox',
  version: 2,
  entity: InboxRow,
  categories: ['ticket'],
  indexes: [
    'create unique index on {table} (workspace_id, number)',
    'create index on {table} (workspace_id, updated_at desc, id desc)',
    'create index on {table} (workspace_id, opened_at desc, id desc)',
    'create index on {table} (workspace_id, status, updated_at desc, id desc)',
    'create index on {table} (workspace_id, updated_at desc, id desc) where active',
    'create index on {table} (workspace_id, priority desc, updated_at desc, id desc) where active',
    'create index on {table} (workspace_id, updated_at desc, id desc) where active and assignee_id is null',
    'create index on {table} (workspace_id, assignee_id, active, updated_at desc, id desc)',
    'create index on {table} (workspace_id, team_id, active, updated_at desc, id desc)',
    'create index on {table} (workspace_id, requester_id, updated_at desc, id desc)',
    'create index on {table} (workspace_id, external_id) where external_id is not null',
    'create policy search on {table} to ld_search using (true)',
    'grant select on {table} to ld_search',
  ],
  afterInstall: ['grant select on inbox to ld_search'],
  keysOf: ({ stream }) => [parseStreamName(stream).id],
  apply(row, event) {
    const before = row && (views.get(row) ?? (JSON.parse(row.view) as TicketView));
    const view = evolveView(before, event as Recorded<TicketEvent>);
    return view && inboxRow(view, event);
  },
};

function inboxRow(view: TicketView, { position, metadata }: Recorded): InboxRow {
  const row: InboxRow = {
    id: view.id,
    workspaceId: metadata.workspaceId,
    number: view.number,
    status: view.status,
    active: ACTIVE.includes(view.status),
    priority: TICKET_PRIORITIES.indexOf(view.priority),
    assigneeId: view.assigneeId,
    teamId: view.teamId,
    requesterId: view.requester.customerId,
    category: view.category,
    channel: view.channel,
    externalId: view.externalId?.id ?? null,
    openedAt: new Date(view.openedAt),
    updatedAt: new Date(view.updatedAt),
    sources: view.mergedTickets.map(({ ticketId }) => ticketId).join(' '),
    mergedInto: view.mergedInto?.ticketId ?? null,
    version: view.version,
    position,
    summary: JSON.stringify(summaryOf(view)),
    view: JSON.stringify(view),
  };
  views.set(row, view);
  return row;
}
