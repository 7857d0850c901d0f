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
    effect(() => {
      if (session.me() === undefined) this.tickets.clear();
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

/** Both runs of entries in order of revision, each entry once. */
export function joinEntries(
  entries: readonly TimelineEntry[],
  more: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const byId = new Map([...entries, ...more].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((a, b) => a.revision - b.revision);
}
