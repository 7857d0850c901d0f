import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Abilities, type Principal } from '@ledgerdesk/auth';
import { Answer, JsonText } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { newestFirst, type Place } from '../domain/ticket-story.js';
import { Moments } from './moments.js';
import { Readings } from './readings.js';
import { ticketNotFound } from './ticket-views.js';
import { entriesIn, newestEntries, type PlaceParameters, TIMELINE_PAGE, TimelinePages } from './timeline-pages.js';
import { Parameters, visibleTickets } from './visible-tickets.js';

export interface TimelineRange {
  readonly at?: string | undefined;
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** What was said and done in this ticket? A page of `TimelineEntry`, newest first. */
export class GetTimeline extends Query<Answer<object>> {
  constructor(
    readonly member: Principal,
    readonly ticketId: string,
    readonly range: TimelineRange,
  ) {
    super();
  }
}

@QueryHandler(GetTimeline)
export class GetTimelineHandler implements IQueryHandler<GetTimeline> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(Moments) private readonly moments: Moments,
    @Inject(TimelinePages) private readonly pages: TimelinePages,
    @Inject(Readings) private readonly readings: Readings,
  ) {}

  async execute({ member, ticketId, range }: GetTimeline): Promise<Answer<object>> {
    const { at, limit = TIMELINE_PAGE, after } = range;
    const before = this.pages.before(member, ticketId, at, after);
    const entries =
      at === undefined
        ? await this.#now(member, ticketId, before, limit + 1)
        : await this.#at(member, ticketId, at, before);
    await this.readings.record(member, 'timeline', () => [ticketId]);
    const next = this.pages.next(member, ticketId, at, entries.length > limit ? entries[limit - 1] : undefined);
    const text = this.pages.text(member, ticketId, entries, at, limit);
    return new Answer(new JsonText(text), next === undefined ? {} : { next });
  }

  async #now(member: Principal, ticketId: string, before: Place | undefined, most: number): Promise<readonly string[]> {
    const parameters = new Parameters();
    const id = parameters.add(ticketId);
    const workspace = parameters.add(member.workspaceId);
    const visible = visibleTickets(this.abilities.abilityFor(member), parameters);
    const rows = await this.store.run(member.workspaceId, (sql) =>
      sql.rows<{ entries: string }>(
        `select ${newestEntries(workspace, parameters.add(most), before && placed(before, parameters))} as entries
         from inbox where id = ${id}::uuid and workspace_id = ${workspace}::uuid and ${visible}`,
        parameters.values,
      ),
    );
    const row = rows.at(0);
    if (!row) throw ticketNotFound();
    return entriesIn(row.entries);
  }

  async #at(member: Principal, ticketId: string, at: string, before: Place | undefined): Promise<readonly string[]> {
    const { entries } = await this.moments.ticket(member, ticketId, at);
    return entries.filter((entry) => !before || newestFirst(before, entry) < 0).map((entry) => JSON.stringify(entry));
  }
}

function placed(place: Place, parameters: Parameters): PlaceParameters {
  return {
    at: parameters.add(place.at),
    ticketId: parameters.add(place.ticketId),
    revision: parameters.add(place.revision),
  };
}
