import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Abilities, type Principal } from '@ledgerdesk/auth';
import { Answer, Cursors, JsonText } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { TICKET_PRIORITIES } from '../domain/ticket.js';
import type { TicketSummary } from '../domain/ticket-view.js';
import { SORTS } from '../read-models/inbox.views.js';
import { Readings } from './readings.js';
import { type TicketFilter, ticketConditions } from './ticket-conditions.js';
import { Parameters } from './visible-tickets.js';

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
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(Cursors) private readonly cursors: Cursors,
    @Inject(Readings) private readonly readings: Readings,
  ) {}

  async execute({ member, by }: ListTickets): Promise<Answer<object>> {
    const { limit = PAGE, after, sort = 'updated', ...filter } = by;
    const parameters = new Parameters();
    const conditions = ticketConditions(filter, member, this.abilities.abilityFor(member), parameters);
    const list = `listTickets${JSON.stringify([sort, filter])}`;
    const { columns, orderBy } = SORTS[sort];
    if (after !== undefined) {
      const values = this.cursors.open(member.workspaceId, list, after).map((value) => parameters.add(value));
      conditions.push(`(${columns.join(', ')}) < (${values.join(', ')})`);
    }
    const text = `select summary from inbox where ${conditions.join(' and ')} order by ${orderBy} limit ${parameters.add(limit + 1)}`;
    const rows = await this.store.run(member.workspaceId, (sql) =>
      sql.rows<{ summary: string }>(text, parameters.values),
    );
    const shown = rows.slice(0, limit).map(({ summary }) => summary);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const next = last && this.cursors.seal(member.workspaceId, list, keyset(sort, JSON.parse(last) as TicketSummary));
    await this.readings.record(member, 'list', () => shown.map((summary) => (JSON.parse(summary) as TicketSummary).id));
    return pageOf(shown, next);
  }
}

/** A page of ready JSON texts. */
export function pageOf(rows: readonly string[], next: string | undefined): Answer<object> {
  return new Answer(new JsonText(`{"data":[${rows.join(',')}],"page":${pageText(next)}}`), next ? { next } : {});
}

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
