import { Inject, Injectable } from '@nestjs/common';
import { Cursors, ProblemError } from '@ledgerdesk/http';
import { PLATFORM_WORKSPACE } from '@ledgerdesk/kernel';
import { platformWorkspaceProblems as problems } from '../http/platform-workspace.problems.js';
import type {
  PlatformWorkspaceLine,
  PlatformWorkspacePage,
  PlatformWorkspacesQuery,
  PlatformWorkspaceView,
} from '../http/platform-workspace.schemas.js';
import { AcrossWorkspaces } from './across-workspaces.js';

const PAGE = 25;
/** A count that goes on for ever helps nobody; a line of the list is counted this far, one workspace that far. */
const MOST_COUNTED_IN_LIST = 10_000;
const MOST_COUNTED = 1_000_000;
const MOST_SEATS = 100;
const BEFORE_ALL = ['', '00000000-0000-0000-0000-000000000000'];

interface Row {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly language: string;
  readonly openedAt: Date;
  readonly suspendedSince: Date | null;
  readonly suspendedBecause: string | null;
  readonly members: number;
  readonly openTickets: number;
  readonly events: number;
  readonly lastActivityAt: Date | null;
}

/** The workspaces of the installation and how much they are used: numbers and instants, no text of anybody's customer. */
@Injectable()
export class WorkspaceUsage {
  constructor(
    @Inject(AcrossWorkspaces) private readonly across: AcrossWorkspaces,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  /** A page by short name: one statement, however many workspaces are on it. @throws ProblemError 400 for a foreign cursor */
  async page({ q = '', limit = PAGE, after }: PlatformWorkspacesQuery): Promise<PlatformWorkspacePage> {
    const list = `listPlatformWorkspaces${JSON.stringify(q)}`;
    const [slug, id] = after === undefined ? BEFORE_ALL : this.cursors.open(PLATFORM_WORKSPACE, list, after);
    const page = `
      select * from workspaces
      where ($1 = '' or strpos(lower(name), lower($1)) > 0 or strpos(slug, lower($1)) > 0) and (slug, id) > ($2, $3::uuid)
      order by slug, id limit $4`;
    const rows = await this.#rows(page, [q, slug, id, limit + 1], MOST_COUNTED_IN_LIST);
    const data = rows.slice(0, limit);
    const last = rows.length > limit ? data.at(-1) : undefined;
    const next = last ? this.cursors.seal(PLATFORM_WORKSPACE, list, [last.slug, last.id]) : null;
    return {
      data: data.map((row) => lineOf(row, MOST_COUNTED_IN_LIST)),
      page: { next, hasMore: next !== null },
    };
  }

  /** @throws ProblemError `workspace.not-found` */
  async of(workspaceId: string): Promise<PlatformWorkspaceView> {
    const [row] = await this.#rows('select * from workspaces where id = $1', [workspaceId], MOST_COUNTED);
    if (!row) throw new ProblemError(problems.notFound);
    const seats = await this.across.read((sql) =>
      sql.rows<PlatformWorkspaceView['seats'][number]>(
        `select id, name, role from members
         where workspace_id = $1 and status = 'active' and can_sign_in
         order by array_position(array['owner', 'admin', 'supervisor', 'agent', 'light_agent', 'auditor'], role), name, id
         limit ${String(MOST_SEATS)}`,
        [workspaceId],
      ),
    );
    const { timeZone, language } = row;
    return { ...lineOf(row, MOST_COUNTED), timeZone, language, seats: [...seats] };
  }

  /** @param chosen statement with the workspaces to look at */
  async #rows(chosen: string, values: readonly unknown[], mostCounted: number): Promise<readonly Row[]> {
    const { table, place, recordedAt } = this.across.events;
    return this.across.read((sql) =>
      sql.rows<Row>(
        `with page as (${chosen})
         select id, slug, name, time_zone as "timeZone", language, opened_at as "openedAt",
           suspended_since as "suspendedSince", suspended_because as "suspendedBecause",
           coalesce(members, 0) as members, coalesce(tickets, 0) as "openTickets", events, at as "lastActivityAt"
         from page
         left join (
           select workspace_id, count(*)::int as members from members
           where status = 'active' and can_sign_in and workspace_id in (select id from page) group by 1) m on m.workspace_id = id
         left join (
           select workspace_id, count(*)::int as tickets from inbox
           where active and workspace_id in (select id from page) group by 1) t on t.workspace_id = id
         left join lateral (
           select count(*)::int as events from (
             select from ${table} where workspace_id = page.id limit ${String(mostCounted + 1)}) counted) e on true
         left join lateral (
           select ${recordedAt} as at from ${table} where workspace_id = page.id order by ${place} desc limit 1) a on true
         order by slug, id`,
        values,
      ),
    );
  }
}

function lineOf(row: Row, mostCounted: number): PlatformWorkspaceLine {
  const { id, slug, name, openedAt, suspendedSince, suspendedBecause, members, openTickets, events, lastActivityAt } =
    row;
  return {
    id,
    slug,
    name,
    openedAt: openedAt.toISOString(),
    suspension:
      suspendedSince === null ? null : { since: suspendedSince.toISOString(), reason: suspendedBecause ?? '' },
    members,
    openTickets,
    events: Math.min(events, mostCounted),
    moreEvents: events > mostCounted,
    lastActivityAt: lastActivityAt?.toISOString() ?? null,
  };
}
