import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@ledgerdesk/auth';
import { Cursors } from '@ledgerdesk/http';
import type { Place } from '../domain/ticket-story.js';
import type { TimelineEntry } from '../domain/ticket-view.js';
import { pageText } from './list-tickets.js';

/** Entries on one page of a timeline unless asked otherwise. */
export const TIMELINE_PAGE = 50;

/** Placeholders of the place that a page starts before. */
export interface PlaceParameters {
  readonly at: string;
  readonly ticketId: string;
  readonly revision: string;
}

/**
 * A scalar subquery over a row of `inbox`: the newest entries of the ticket, of those merged into it, and of the messages that
 * came to them from elsewhere, one per line. Every part reads at most a page of one index, so it stays fast however long the
 * stories are. JSON texts hold no line breaks, and to take lines apart is thirty times as fast as to parse an array of Postgres.
 */
export function newestEntries(workspace: string, most: string, before?: PlaceParameters): string {
  const part = (condition: string): string => `(select at, ticket_id, revision, entry from timeline
    where workspace_id = ${workspace}::uuid and ${condition} ${before === undefined ? '' : older(before)}
    order by at desc, ticket_id desc, revision desc limit ${most})`;
  return `(
    with shown as materialized (select id from unnest(inbox.id || string_to_array(inbox.sources, ' ')::uuid[]) as each (id))
    select array_to_string(array(
      select part.entry from shown cross join lateral (
        ${part('ticket_id = shown.id')}
        union all
        ${part('moved_to = shown.id and not exists (select from shown as own where own.id = timeline.ticket_id)')}
      ) as part
      order by part.at desc, part.ticket_id desc, part.revision desc limit ${most}
    ), e'\\n'))`;
}

function older({ at, ticketId, revision }: PlaceParameters): string {
  return `and at <= ${at}::timestamptz
    and (at, ticket_id, revision) < (${at}::timestamptz, ${ticketId}::uuid, ${revision}::int)`;
}

/** The texts of entries that came one per line. */
export function entriesIn(lines: string): readonly string[] {
  return lines === '' ? [] : lines.split('\n');
}

/** Puts timeline entries, which are JSON texts already, together to the text of a page. */
@Injectable()
export class TimelinePages {
  readonly size = TIMELINE_PAGE;

  constructor(@Inject(Cursors) private readonly cursors: Cursors) {}

  /** @param entries newest first, one more than `size` when there are older ones */
  text(member: Principal, ticketId: string, entries: readonly string[], at?: string, size = this.size): string {
    const shown = entries.slice(0, size);
    const next = this.next(member, ticketId, at, entries.length > size ? shown.at(-1) : undefined);
    return `{"data":[${shown.join(',')}],"page":${pageText(next)}}`;
  }

  /** The cursor behind the last entry of a page, when there is more. */
  next(member: Principal, ticketId: string, at: string | undefined, last: string | undefined): string | undefined {
    if (last === undefined) return undefined;
    const entry = JSON.parse(last) as TimelineEntry;
    return this.cursors.seal(member.workspaceId, listName(ticketId, at), [entry.at, entry.ticketId, entry.revision]);
  }

  /** The place that a page starts before; undefined for the first page. @throws ProblemError 400 for a cursor of another list */
  before(member: Principal, ticketId: string, at: string | undefined, after: string | undefined): Place | undefined {
    if (after === undefined) return undefined;
    const [instant, stream, revision] = this.cursors.open(member.workspaceId, listName(ticketId, at), after);
    return { at: String(instant), ticketId: String(stream), revision: Number(revision) };
  }
}

function listName(ticketId: string, at: string | undefined): string {
  return `getTimeline${JSON.stringify([ticketId, at ?? null])}`;
}
