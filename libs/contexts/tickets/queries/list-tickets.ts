import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Principal } from '@ledgerdesk/auth';
import { Answer, Cursors, JsonText } from '@ledgerdesk/http';
import { TICKET_PRIORITIES } from '../domain/ticket.js';
import type { TicketSummary } from '../domain/ticket-view.js';
import type { SORTS } from '../read-models/inbox.views.js';
import { Readings } from './readings.js';
import type { TicketFilter } from './ticket-filter.js';
import { TicketRows } from './ticket-rows.js';

export interface ListedBy extends TicketFilter {
  readonly sort?: keyof typeof SORTS | undefined;
  /** At most 100; 50 by default. */
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** Which tickets, in which order? Answers a page of `TicketSummary`. */
export class ListTickets extends Query<Answer<object>> {
  constructor(
    readonly member: Principal,
    readonly by: ListedBy,
  ) {
    super();
  }
}

const PAGE = 50;

@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  constructor(
    @Inject(TicketRows) private readonly rows: TicketRows,
    @Inject(Cursors) private readonly cursors: Cursors,
    @Inject(Readings) private readonly readings: Readings,
  ) {}

  async execute({ member, by }: ListTickets): Promise<Answer<object>> {
    const { limit = PAGE, after: cursor, sort = 'updated', ...filter } = by;
    const list = `listTickets${JSON.stringify([sort, filter])}`;
    const after = cursor === undefined ? undefined : this.#opened(member, list, cursor);
    const { summaries, partial } = await this.rows.find(member, { filter, sort, after, most: limit + 1 });
    const shown = summaries.slice(0, limit);
    const last = summaries.length > limit && !partial ? shown.at(-1) : undefined;
    const next = last && this.cursors.seal(member.workspaceId, list, keyset(sort, summaryOf(last)));
    await this.readings.record(member, 'list', () => shown.map((text) => summaryOf(text).id));
    return pageOf(shown, next);
  }

  #opened(member: Principal, list: string, cursor: string): (string | number)[] {
    return this.cursors.open(member.workspaceId, list, cursor).map((value) => value ?? '');
  }
}

function summaryOf(text: string): TicketSummary {
  return JSON.parse(text) as TicketSummary;
}

/** A page of ready JSON texts. */
function pageOf(rows: readonly string[], next: string | undefined): Answer<object> {
  return new Answer(new JsonText(`{"data":[${rows.join(',')}],"page":${pageText(next)}}`), next ? { next } : {});
}

/** The part of a page that says how it goes on. */
export function pageText(next: string | undefined): string {
  return JSON.stringify({ next: next ?? null, hasMore: next !== undefined });
}

/** The values of the sort columns, as the row of the inbox holds them. */
function keyset(sort: keyof typeof SORTS, ticket: TicketSummary): (string | number)[] {
  switch (sort) {
    case 'updated':
      return [ticket.updatedAt, ticket.id];
    case 'opened':
      return [ticket.openedAt, ticket.id];
    case 'priority':
      return [TICKET_PRIORITIES.indexOf(ticket.priority), ticket.updatedAt, ticket.id];
  }
}
