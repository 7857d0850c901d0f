import { DomainError } from '@ledgerdesk/kernel';
import { refuseUnlessActive } from './ticket-rules.js';
import { LIMITS } from './ticket-text.js';
import type { AbsorbTicket, CompleteMerge, RefuseMerge, RequestMerge } from './ticket-merging.commands.js';
import type { TicketEvent } from './ticket.events.js';
import { isFinal, isRemoved, type Ticket } from './ticket.js';
import { groupOf, instantText, isAbsorbed } from './ticket-union.js';

const conflict = (code: string, message: string): DomainError => new DomainError('conflict', code, message);

/** @throws DomainError `ticket.merge-self`, `ticket.merge-cycle`, `ticket.merge-other-requester`, `ticket.too-many-merged` */
export function requestMerge(command: RequestMerge, ticket: Ticket): readonly TicketEvent[] {
  const { mergeId, target, confirmed } = command;
  refuseUnlessActive(ticket);
  if (target.ticketId === ticket.id) {
    throw new DomainError('invalid', 'ticket.merge-self', 'A ticket can not be merged into itself.');
  }
  if (isAbsorbed(ticket, target.ticketId)) throw cycle();
  refuseTooMany(groupOf(ticket).length + 1);
  if (target.customerId !== ticket.requester.customerId && !confirmed) {
    throw conflict(
      'ticket.merge-other-requester',
      'The tickets are about different people. Confirm that their messages belong together.',
    );
  }
  const { ticketId, number } = target;
  return [{ type: 'MergeRequested', data: { mergeId, target: { ticketId, number }, from: ticket.status } }];
}

/**
 * A ticket that is itself being merged, or was, takes nothing: so chains end, and two merges that would make a circle can
 * not both succeed. @throws DomainError `ticket.target-closed|merged|merging|spam|trashed`, `ticket.merge-cycle`
 */
export function absorb({ absorption }: AbsorbTicket, ticket: Ticket): readonly TicketEvent[] {
  const { mergeId, group, messages, notes, waitingSince } = absorption;
  if (ticket.absorbed.some((absorbed) => absorbed.mergeId === mergeId)) return [];
  refuseAsTarget(ticket);
  if (group.some(({ ticketId }) => ticketId === ticket.id)) throw cycle();
  refuseTooMany(groupOf(ticket).length + group.length);
  const waiting = ticket.status === 'solved' ? null : instantText(waitingSince);
  return [
    { type: 'Absorbed', data: { mergeId, group, messageCount: messages, noteCount: notes, waitingSince: waiting } },
  ];
}

/** Also of a ticket that a timer has closed meanwhile: its target shows its story already. */
export function completeMerge({ mergeId }: CompleteMerge, ticket: Ticket): readonly TicketEvent[] {
  if (ticket.merging?.mergeId !== mergeId) return [];
  const group = groupOf(ticket).map(({ ticketId }) => ticketId);
  return [{ type: 'Merged', data: { mergeId, target: ticket.merging.target, from: ticket.status, group } }];
}

export function refuseMerge({ mergeId, because }: RefuseMerge, ticket: Ticket): readonly TicketEvent[] {
  if (ticket.merging?.mergeId !== mergeId) return [];
  return [{ type: 'MergeRefused', data: { mergeId, target: ticket.merging.target, because } }];
}

/** Shared with the unmerge, which a target in the trash does not hinder. */
export function refuseFinalTarget(ticket: Ticket): void {
  if (isFinal(ticket.status)) {
    throw conflict(`ticket.target-${ticket.status}`, `The other ticket is ${ticket.status} and can not be changed.`);
  }
  if (ticket.merging) {
    throw conflict('ticket.target-merging', 'The other ticket is being merged itself. Try again in a moment.');
  }
}

function refuseAsTarget(ticket: Ticket): void {
  refuseFinalTarget(ticket);
  if (isRemoved(ticket.status)) {
    throw conflict(`ticket.target-${ticket.status}`, 'The other ticket has to be restored first.');
  }
}

function refuseTooMany(tickets: number): void {
  if (tickets <= LIMITS.merged) return;
  throw conflict('ticket.too-many-merged', `At most ${String(LIMITS.merged)} tickets can be merged into one.`);
}

function cycle(): DomainError {
  return conflict('ticket.merge-cycle', 'The other ticket was merged into this one before.');
}
