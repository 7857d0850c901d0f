import { actorOf, type DecisionContext, DomainError } from '@ledgerdesk/kernel';
import type { TicketEvent } from './ticket.events.js';
import { isRemoved, type Ticket } from './ticket.js';

/** @throws DomainError `ticket.closed`, `ticket.merged` or `ticket.merging`: nobody writes to final tickets and while they are merged */
export function refuseClosed(ticket: Ticket, advice = ''): void {
  if (ticket.status === 'closed') {
    throw new DomainError('conflict', 'ticket.closed', `A closed ticket can not be changed. ${advice}`.trim());
  }
  if (ticket.status === 'merged') {
    throw new DomainError('conflict', 'ticket.merged', `The ticket was merged into another one. ${advice}`.trim());
  }
  if (ticket.merging) {
    throw new DomainError('conflict', 'ticket.merging', 'The ticket is being merged. Try again in a moment.');
  }
}

/** @throws DomainError `ticket.closed`, `ticket.merged`, `ticket.spam` or `ticket.trashed` */
export function refuseUnlessActive(ticket: Ticket): void {
  refuseClosed(ticket);
  if (isRemoved(ticket.status)) {
    throw new DomainError('conflict', `ticket.${ticket.status}`, 'The ticket has to be restored first.');
  }
}

/** Members and the keys that work for them; customers and system jobs do not count as somebody touching a ticket. */
function isDesk({ actor }: DecisionContext): boolean {
  const { kind } = actorOf(actor);
  return kind === 'member' || kind === 'key';
}

/** The first thing that the desk does with a new ticket opens it, in the same append. */
export function started(
  events: readonly TicketEvent[],
  ticket: Ticket,
  context: DecisionContext,
): readonly TicketEvent[] {
  if (ticket.status !== 'new' || !isDesk(context)) return events;
  return [...events, { type: 'WorkStarted', data: { from: 'new' } }];
}
