import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@ledgerdesk/auth';
import { EVENT_STORE, type EventStore, streamName } from '@ledgerdesk/event-store';
import { generalProblems, PositionTokens, ProblemError } from '@ledgerdesk/http';
import type { Recorded } from '@ledgerdesk/kernel';
import type { TicketEvent } from '../domain/ticket.events.js';
import { ticketStory } from '../domain/ticket-story.js';
import { ticketView } from '../domain/ticket-view.fold.js';
import type { TicketView, TimelineEntry } from '../domain/ticket-view.js';
import { TicketSight } from './ticket-sight.js';
import { TicketViews, ticketNotFound } from './ticket-views.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** Tickets as they stood at a moment: at an instant (what had happened) or at a ledger position (what was known). */
@Injectable()
export class Moments {
  constructor(
    @Inject(TicketViews) private readonly views: TicketViews,
    @Inject(TicketSight) private readonly sight: TicketSight,
    @Inject(PositionTokens) private readonly tokens: PositionTokens,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /**
   * The ticket and its whole timeline, newest first. Who may see it is decided by the ticket as it is now.
   * @throws DomainError not-found `ticket.not-found` also when it did not exist yet; ProblemError 400 for an unreadable moment
   */
  async ticket(
    member: Principal,
    ticketId: string,
    at: string,
  ): Promise<{ readonly view: TicketView; readonly entries: readonly TimelineEntry[] }> {
    const before = this.#isBefore(member.workspaceId, at);
    await this.sight.refuseUnseen(member, ticketId);
    const eventsOf = async (id: string): Promise<readonly Recorded<TicketEvent>[]> =>
      (await this.views.eventsOf(streamName('ticket', member.workspaceId, id))).filter(before);
    const view = ticketView(await eventsOf(ticketId));
    if (!view) throw ticketNotFound();
    return { view, entries: await ticketStory(ticketId, eventsOf) };
  }

  #isBefore(workspaceId: string, at: string): (event: Recorded<TicketEvent>) => boolean {
    if (INSTANT.test(at)) {
      const instant = Date.parse(at);
      if (!Number.isNaN(instant)) return ({ metadata }) => Date.parse(metadata.occurredAt) <= instant;
    }
    const position = this.tokens.open(workspaceId, at);
    if (position !== undefined) return (event) => this.store.compare(event.position, position) <= 0;
    throw new ProblemError(generalProblems.invalid, undefined, [
      {
        pointer: '?at',
        code: 'moment.unreadable',
        message: 'Neither an RFC 3339 instant nor a position of this workspace.',
      },
    ]);
  }
}
