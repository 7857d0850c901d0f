import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Abilities, type Principal } from '@ledgerdesk/auth';
import { Answer, JsonText } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { LIMITS } from '../domain/ticket-text.js';
import type { TicketName } from '../domain/ticket.events.js';
import { Moments } from './moments.js';
import { Readings } from './readings.js';
import { entriesIn, newestEntries, TimelinePages } from './timeline-pages.js';
import { ticketNotFound } from './ticket-views.js';
import { Parameters, visibleTickets } from './visible-tickets.js';

/** What is this ticket, now or as it stood at a moment? */
export class GetTicket extends Query<Answer<object>> {
  constructor(
    readonly member: Principal,
    readonly ticketId: string,
    /** RFC 3339 instant or position token. */
    readonly at: string | undefined,
    readonly withTimeline: boolean,
  ) {
    super();
  }
}

interface TicketRow {
  readonly version: number;
  readonly view: string;
  readonly merged: boolean;
  /** One per line. */
  readonly entries: string | null;
}

@QueryHandler(GetTicket)
export class GetTicketHandler implements IQueryHandler<GetTicket> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(Moments) private readonly moments: Moments,
    @Inject(TimelinePages) private readonly pages: TimelinePages,
    @Inject(Readings) private readonly readings: Readings,
  ) {}

  async execute(query: GetTicket): Promise<Answer<object>> {
    const { member, ticketId } = query;
    const answer = await (query.at === undefined ? this.#now(query) : this.#at(query, query.at));
    await this.readings.record(member, 'ticket', () => [ticketId]);
    return answer;
  }

  async #now({ member, ticketId, withTimeline }: GetTicket): Promise<Answer<object>> {
    const parameters = new Parameters();
    const id = parameters.add(ticketId);
    const workspace = parameters.add(member.workspaceId);
    const visible = visibleTickets(this.abilities.abilityFor(member), parameters);
    const entries = withTimeline ? newestEntries(workspace, String(this.pages.size + 1)) : 'null';
    const rows = await this.store.run(member.workspaceId, (sql) =>
      sql.rows<TicketRow>(
        `select version, view, merged_into is not null as merged, ${entries} as entries from inbox
         where id = ${id}::uuid and workspace_id = ${workspace}::uuid and ${visible}`,
        parameters.values,
      ),
    );
    const row = rows.at(0);
    if (!row) throw ticketNotFound();
    const timeline = withTimeline ? this.pages.text(member, ticketId, entriesIn(row.entries ?? '')) : undefined;
    const leadsTo = row.merged ? await this.#endOf(member, ticketId) : undefined;
    const more = { ...(leadsTo && { leadsTo: JSON.stringify(leadsTo) }), ...(timeline && { timeline }) };
    const added = Object.entries(more).map(([name, text]) => `,"${name}":${text}`);
    return new Answer(new JsonText(`${row.view.slice(0, -1)}${added.join('')}}`), { version: row.version });
  }

  /** The ticket at the end of the merges, which may be several: the one where the story goes on, if the member may see it. */
  async #endOf(member: Principal, ticketId: string): Promise<TicketName | undefined> {
    const parameters = new Parameters();
    parameters.add(ticketId);
    parameters.add(member.workspaceId);
    const visible = visibleTickets(this.abilities.abilityFor(member), parameters);
    const rows = await this.store.run(member.workspaceId, (sql) =>
      sql.rows<TicketName>(
        `with recursive path (id, number, merged_into, step) as (
           select id, number, merged_into, 0 from inbox where id = $1::uuid and workspace_id = $2::uuid
           union all
           select next.id, next.number, next.merged_into, step + 1 from inbox next join path on next.id = path.merged_into
           where next.workspace_id = $2::uuid and step < ${String(LIMITS.merged)}
         )
         select path.id as "ticketId", path.number from path join inbox on inbox.id = path.id
         where path.merged_into is null and ${visible}`,
        parameters.values,
      ),
    );
    return rows.at(0);
  }

  async #at({ member, ticketId, withTimeline }: GetTicket, at: string): Promise<Answer<object>> {
    const { view, entries } = await this.moments.ticket(member, ticketId, at);
    if (!withTimeline) return new Answer(view, { version: view.version });
    const newest = entries.slice(0, this.pages.size + 1).map((entry) => JSON.stringify(entry));
    const timeline = this.pages.text(member, ticketId, newest, at);
    const text = JSON.stringify(view);
    return new Answer(new JsonText(`${text.slice(0, -1)},"timeline":${timeline}}`), { version: view.version });
  }
}
