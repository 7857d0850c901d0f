import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Abilities, type Principal } from '@ledgerdesk/auth';
import { ReadStore } from '@ledgerdesk/read-store';
import { COUNT_CAP, countsQuery } from '../read-models/inbox.views.js';
import { Parameters, visibleTickets } from './visible-tickets.js';

/** A count that stops at the cap: the desk then shows "1,000+". */
export interface CappedCount {
  readonly count: number;
  readonly capped: boolean;
}

export interface TicketCounts {
  readonly views: Readonly<Record<string, CappedCount>>;
  /** Active tickets by team id; teams without any are left out. */
  readonly teams: Readonly<Record<string, CappedCount>>;
}

/** How many tickets does each standard view hold, and each team? */
export class CountTickets extends Query<TicketCounts> {
  constructor(readonly member: Principal) {
    super();
  }
}

@QueryHandler(CountTickets)
export class CountTicketsHandler implements IQueryHandler<CountTickets> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Abilities) private readonly abilities: Abilities,
  ) {}

  async execute({ member }: CountTickets): Promise<TicketCounts> {
    const parameters = new Parameters();
    parameters.add(member.memberId);
    const workspace = `workspace_id = ${parameters.add(member.workspaceId)}`;
    const visible = `${workspace} and ${visibleTickets(this.abilities.abilityFor(member), parameters)}`;
    return this.store.run(member.workspaceId, async (sql) => {
      const [views = {}] = await sql.rows<Record<string, number>>(countsQuery(visible), parameters.values);
      const teams = await sql.rows<{ team: string; count: number }>(teamCounts(visible), parameters.values);
      return {
        views: Object.fromEntries(Object.entries(views).map(([view, count]) => [view, capped(count)])),
        teams: Object.fromEntries(
          teams.filter(({ count }) => count > 0).map(({ team, count }) => [team, capped(count)]),
        ),
      };
    });
  }
}

function capped(count: number): CappedCount {
  return { count: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP };
}

/** Steps from team to team through the index instead of reading every row. `$1` is the member's id, as in the counts of views. */
function teamCounts(visible: string): string {
  return `
    with recursive team (id) as (
      (select team_id from inbox where workspace_id = $2 and team_id is not null order by team_id limit 1)
      union all
      select (select next.team_id from inbox next where next.workspace_id = $2 and next.team_id > team.id
              order by next.team_id limit 1)
      from team where team.id is not null
    )
    select team.id as team,
           (select count(*)::int from (select from inbox
              where team_id = team.id and active and ${visible} limit ${String(COUNT_CAP + 1)}) as matching) as count
    from team where team.id is not null and $1::uuid is not null`;
}
