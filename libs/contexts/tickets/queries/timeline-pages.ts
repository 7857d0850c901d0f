import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@ledgerdesk/auth';
import { Cursors } from '@ledgerdesk/http';
import type { TimelineEntry } from '../domain/ticket-view.js';
import { pageText } from './list-tickets.js';

/** Entries on one page of a timeline unless asked otherwise. */
export const TIMELINE_PAGE = 50;

/**
 * A scalar subquery: the newest entries of a ticket, one per line. JSON texts hold no line breaks, and to take lines apart is thirty
 * times as fast as to parse an array of Postgres.
 * @param before placeholder of the revision that the page starts before
 */
export function newestEntries(workspace: string, ticketId: string, most: string, before?: string): string {
  return `array_to_string(array(
    select entry from timeline where workspace_id = ${workspace}::uuid and ticket_id = ${ticketId}::uuid
    ${before === undefined ? '' : `and revision < ${before}::bigint`}
    order by revision desc limit ${most}
  ), e'\\n')`;
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
    return this.cursors.seal(member.workspaceId, listName(ticketId, at), [
      (JSON.parse(last) as TimelineEntry).revision,
    ]);
  }

  /** The revision that a page starts before. @throws ProblemError 400 for a cursor of another list */
  before(member: Principal, ticketId: string, at: string | undefined, after: string | undefined): number {
    if (after === undefined) return Number.MAX_SAFE_INTEGER;
    const [revision] = this.cursors.open(member.workspaceId, listName(ticketId, at), after);
    return Number(revision);
  }
}

function listName(ticketId: string, at: string | undefined): string {
  return `getTimeline${JSON.stringify([ticketId, at ?? null])}`;
}
