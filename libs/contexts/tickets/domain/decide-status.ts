import { actorOf, type DecisionContext, DomainError } from '@ledgerdesk/kernel';
import { refuseClosed, refuseUnlessActive } from './ticket-rules.js';
import type {
  CloseTicket,
  HoldTicket,
  MarkSpam,
  PendTicket,
  ReopenTicket,
  RestoreTicket,
  SolveTicket,
  TrashTicket,
  WakeTicket,
} from './ticket.commands.js';
import type { TicketEvent } from './ticket.events.js';
import { isRemoved, RESTORE_WINDOW_DAYS, type Ticket, type TicketStatus } from './ticket.js';

const DAY = 86_400_000;
const FURTHEST_UNTIL = 3_653 * DAY;
/** The clock of the node that decides may be behind the one that the timer went by. */
const TIMER_TOLERANCE = 60_000;

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

function refuseSolved(ticket: Ticket): void {
  if (ticket.status !== 'solved') return;
  throw new DomainError('conflict', 'ticket.solved', 'A solved ticket has to be reopened first.');
}

export function pend({ until }: PendTicket, ticket: Ticket, { now }: DecisionContext): readonly TicketEvent[] {
  refuseUnlessActive(ticket);
  refuseSolved(ticket);
  const end = until === null ? null : Date.parse(until);
  if (ticket.status === 'pending' && ticket.pendingUntil === end) return [];
  if (end !== null && end <= now) {
    throw new DomainError('invalid', 'ticket.until-past', 'The instant to wait for has already passed.');
  }
  if (end !== null && end > now + FURTHEST_UNTIL) {
    throw new DomainError('invalid', 'ticket.until-too-far', 'A ticket can wait for ten years at most.');
  }
  return [{ type: 'TicketPended', data: { from: ticket.status, until } }];
}

export function hold(_: HoldTicket, ticket: Ticket): readonly TicketEvent[] {
  refuseUnlessActive(ticket);
  refuseSolved(ticket);
  return ticket.status === 'on_hold' ? [] : [{ type: 'TicketHeld', data: { from: ticket.status } }];
}

export function solve({ policy }: SolveTicket, ticket: Ticket, { now }: DecisionContext): readonly TicketEvent[] {
  refuseUnlessActive(ticket);
  if (ticket.status === 'solved') return [];
  const reopenUntil = instant(now + policy.reopenWindowDays * DAY);
  const closeAt = instant(now + policy.autoCloseDays * DAY);
  return [{ type: 'TicketSolved', data: { from: ticket.status, reopenUntil, closeAt } }];
}

export function reopen(_: ReopenTicket, ticket: Ticket): readonly TicketEvent[] {
  refuseUnlessActive(ticket);
  if (ticket.status === 'open') return [];
  if (ticket.status === 'new') return [{ type: 'WorkStarted', data: { from: 'new' } }];
  return [{ type: 'TicketReopened', data: { from: ticket.status, because: 'agent' } }];
}

/** By hand a ticket has to be solved first; the timer is quiet when the ticket went another way meanwhile. */
export function close(_: CloseTicket, ticket: Ticket, { actor, now }: DecisionContext): readonly TicketEvent[] {
  const closed = { type: 'TicketClosed', data: { from: ticket.status } } as const;
  if (actorOf(actor).kind === 'system') {
    const due = ticket.closeAt !== null && ticket.closeAt - TIMER_TOLERANCE <= now;
    return ticket.status === 'solved' && due ? [closed] : [];
  }
  if (ticket.status === 'closed') return [];
  refuseUnlessActive(ticket);
  if (ticket.status !== 'solved') {
    throw new DomainError('conflict', 'ticket.not-solved', 'Only a solved ticket can be closed.');
  }
  return [closed];
}

export function markSpam(_: MarkSpam, ticket: Ticket): readonly TicketEvent[] {
  refuseClosed(ticket);
  return ticket.status === 'spam' ? [] : [{ type: 'TicketMarkedSpam', data: { from: ticket.status } }];
}

export function trash(_: TrashTicket, ticket: Ticket): readonly TicketEvent[] {
  refuseClosed(ticket);
  return ticket.status === 'trashed' ? [] : [{ type: 'TicketTrashed', data: { from: ticket.status } }];
}

/**
 * A ticket that waited for an instant which passed while it was away comes back open; one that would have been closed meanwhile
 * comes back solved, and the timer closes it at once.
 */
export function restore(_: RestoreTicket, ticket: Ticket, { now }: DecisionContext): readonly TicketEvent[] {
  refuseClosed(ticket);
  if (!isRemoved(ticket.status)) return [];
  if (now > (ticket.removedAt ?? now) + RESTORE_WINDOW_DAYS * DAY) {
    throw new DomainError('conflict', 'ticket.restore-too-late', 'A ticket can be restored for 30 days only.');
  }
  const back = resumed(ticket, ticket.formerStatus ?? 'open', now);
  return [{ type: 'TicketRestored', data: { from: ticket.status, ...back } }];
}

/** Where a ticket goes on that was away and stood at `status` before. */
export function resumed(
  ticket: Ticket,
  status: TicketStatus,
  now: number,
): { readonly status: TicketStatus; readonly until: string | null; readonly closeAt: string | null } {
  const until = status === 'pending' ? ticket.pendingUntil : null;
  const missed = until !== null && until <= now;
  return {
    status: missed ? 'open' : status,
    until: until === null || missed ? null : instant(until),
    closeAt: status === 'solved' && ticket.closeAt !== null ? instant(ticket.closeAt) : null,
  };
}

/** Quiet when the ticket moved on or waits for another instant now. */
export function wake(_: WakeTicket, ticket: Ticket, { now }: DecisionContext): readonly TicketEvent[] {
  const due =
    ticket.status === 'pending' && ticket.pendingUntil !== null && ticket.pendingUntil - TIMER_TOLERANCE <= now;
  return due ? [{ type: 'TicketWoken', data: { from: ticket.status } }] : [];
}
