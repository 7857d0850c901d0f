import { Injectable, effect, inject } from '@angular/core';
import type { Ticket, TimelineEntry } from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';

/** What was read of a ticket. */
export interface OpenedTicket {
  readonly ticket: Ticket;
  /** Oldest first. */
  readonly entries: readonly TimelineEntry[];
  /** Cursor of the page before them; null when there is none. */
  readonly older: string | null;
}

const MOST = 30;

/** The tickets that were open a short while ago, so that going back to one shows it at once. In memory only. */
@Injectable({ providedIn: 'root' })
export class OpenedBefore {
  private readonly tickets = new Map<string, OpenedTicket>();

  constructor() {
    const session = inject(Session);
    // Somebody else, or the same person with other rights: what they may see is asked again.
    effect(() => {
      session.me();
      this.tickets.clear();
    });
  }

  get(ticketId: string): OpenedTicket | undefined {
    return this.tickets.get(ticketId);
  }

  keep(opened: OpenedTicket): void {
    this.tickets.delete(opened.ticket.id);
    this.tickets.set(opened.ticket.id, opened);
    const oldest = this.tickets.size > MOST ? this.tickets.keys().next().value : undefined;
    if (oldest !== undefined) this.tickets.delete(oldest);
  }
}

/** Both runs of entries in the order of the story, each entry once; the later reading of an entry counts. */
export function joinEntries(
  entries: readonly TimelineEntry[],
  more: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const byId = new Map([...entries, ...more].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort(oldestFirst);
}

/** The order in which the api pages a story, which may be that of several tickets. */
function oldestFirst(one: TimelineEntry, other: TimelineEntry): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  if (one.ticketId !== other.ticketId) return one.ticketId < other.ticketId ? -1 : 1;
  return one.revision - other.revision;
}
