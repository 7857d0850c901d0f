import { Inject, Injectable } from '@nestjs/common';
import { Abilities, type Principal } from '@ledgerdesk/auth';
import { generalProblems, ProblemError } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { Names } from '@ledgerdesk/workspaces';
import { SORTS } from '../read-models/inbox.views.js';
import { parseSearch, SearchSyntaxError } from '../read-models/search-syntax.js';
import type { SearchTerm } from '../read-models/search-terms.js';
import { FOUND, type FoundTicket, foundValues } from '../read-models/search-tickets.js';
import { namesIn, searchWanted } from '../read-models/search-wanted.js';
import { filterTerms, needsSearch, ticketConditions, type TicketFilter } from './ticket-filter.js';
import { Parameters, visibleFilters, visibleTickets } from './visible-tickets.js';

export interface RowsWanted {
  readonly filter: TicketFilter;
  readonly sort: keyof typeof SORTS;
  /** Sort columns of the last row that was shown. */
  readonly after: readonly (string | number)[] | undefined;
  readonly most: number;
}

/** `TicketSummary` texts in order; no more pages follow a partial answer. */
export interface Rows {
  readonly summaries: readonly string[];
  readonly partial: boolean;
}

/** Finds the rows of a list, by plain conditions or through the search, always under row level security. */
@Injectable()
export class TicketRows {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(Names) private readonly names: Names,
  ) {}

  /** @throws ProblemError 400 when `q` can't be read */
  async find(member: Principal, wanted: RowsWanted): Promise<Rows> {
    return needsSearch(wanted.filter) ? this.#searched(member, wanted) : this.#listed(member, wanted);
  }

  async #listed(member: Principal, { filter, sort, after, most }: RowsWanted): Promise<Rows> {
    const parameters = new Parameters();
    const conditions = ticketConditions(filter, member, this.abilities.abilityFor(member), parameters);
    const { columns, orderBy } = SORTS[sort];
    if (after) {
      const values = after.map((value) => parameters.add(value));
      conditions.push(`(${columns.join(', ')}) < (${values.join(', ')})`);
    }
    const rows = await this.store.run(member.workspaceId, (sql) =>
      sql.rows<{ summary: string }>(
        `select summary from inbox where ${conditions.join(' and ')} order by ${orderBy} limit ${parameters.add(most)}`,
        parameters.values,
      ),
    );
    return { summaries: rows.map(({ summary }) => summary), partial: false };
  }

  async #searched(member: Principal, { filter, sort, after, most }: RowsWanted): Promise<Rows> {
    const terms = [...termsOf(filter.q ?? ''), ...filterTerms(filter)];
    const named = namesIn(terms);
    const asker = {
      now: Date.now(),
      memberId: member.memberId,
      members: await this.names.members(member.workspaceId, named.members),
      teams: await this.names.teams(member.workspaceId, named.teams),
    };
    const ability = this.abilities.abilityFor(member);
    const wanted = searchWanted(terms, asker, sort, after, visibleFilters(ability));
    const parameters = new Parameters();
    for (const value of foundValues(wanted, most)) parameters.add(value);
    const workspace = parameters.add(member.workspaceId);
    const visible = visibleTickets(ability, parameters);
    const rows = await this.store.run(member.workspaceId, (sql) =>
      sql.rows<{ summary: string; partial: FoundTicket['partial'] }>(
        `select inbox.summary, found.partial from ${FOUND} join inbox on inbox.id = found.id
         where workspace_id = ${workspace}::uuid and ${visible} order by place`,
        parameters.values,
      ),
    );
    return { summaries: rows.map(({ summary }) => summary), partial: rows[0]?.partial ?? false };
  }
}

function termsOf(q: string): readonly SearchTerm[] {
  try {
    return parseSearch(q);
  } catch (error) {
    if (!(error instanceof SearchSyntaxError)) throw error;
    throw new ProblemError(generalProblems.invalid, undefined, [
      { pointer: '?q', code: error.code, message: `${error.message} (at character ${String(error.offset + 1)})` },
    ]);
  }
}
