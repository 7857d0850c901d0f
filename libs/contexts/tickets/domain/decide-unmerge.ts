import { type DecisionContext, DomainError } from '@ledgerdesk/kernel';
import { refuseFinalTarget } from './decide-merge.js';
import { resumed } from './decide-status.js';
import { LIMITS } from './ticket-text.js';
import type { CompleteUnmerge, ReleaseTicket } from './ticket-merging.commands.js';
import type { TicketEvent } from './ticket.events.js';
import { type AbsorbedTicket, type Ticket, UNMERGE_WINDOW_DAYS } from './ticket.js';
import { earliest, groupOf, instantText, refuseUnseen } from './ticket-union.js';

const DAY = 86_400_000;

/**
 * The target gives back what it absorbed last. What was edited in it since stays.
 * @throws DomainError `ticket.not-absorbed`, `ticket.target-closed|merged|merging`, `ticket.unmerge-not-latest`,
 * `ticket.unmerge-too-late`, `ticket.unmerge-too-much`
 */
export function release(command: ReleaseTicket, ticket: Ticket, { now }: DecisionContext): readonly TicketEvent[] {
  const absorbed = ticket.absorbed.find(({ group }) => group[0]?.ticketId === command.sourceId);
  const source = absorbed?.group[0];
  if (command.compensatesFor !== undefined) {
    return absorbed?.mergeId === command.compensatesFor ? [released(ticket, absorbed, [])] : [];
  }
  if (!absorbed || !source) {
    throw new DomainError('conflict', 'ticket.not-absorbed', 'That ticket is not merged into this one.');
  }
  refuseFinalTarget(ticket);
  if (ticket.absorbed.at(-1) !== absorbed) {
    throw new DomainError(
      'conflict',
      'ticket.unmerge-not-latest',
      'Another ticket was merged into the same one later. Take that merge back first.',
    );
  }
  if (now > absorbed.at + UNMERGE_WINDOW_DAYS * DAY) {
    throw new DomainError(
      'conflict',
      'ticket.unmerge-too-late',
      `A merge can be taken back for ${String(UNMERGE_WINDOW_DAYS)} days only.`,
    );
  }
  if (command.messages.length > LIMITS.moved) {
    throw new DomainError('conflict', 'ticket.unmerge-too-much', 'Too many messages have come since the merge.');
  }
  refuseUnseen(ticket, command.seen);
  return [released(ticket, absorbed, command.messages)];
}

function released(ticket: Ticket, absorbed: AbsorbedTicket, messages: readonly string[]): TicketEvent {
  const [source] = absorbed.group;
  if (!source) throw new TypeError('A group begins with its source.');
  const others = ticket.absorbed.filter((other) => other !== absorbed).map(({ waitingSince }) => waitingSince);
  return {
    type: 'Released',
    data: {
      mergeId: absorbed.mergeId,
      source: { ticketId: source.ticketId, number: source.number },
      group: absorbed.group.map(({ ticketId }) => ticketId),
      messages,
      messageCount: absorbed.messages + messages.length,
      noteCount: absorbed.notes,
      waitingSince: instantText(earliest([ticket.conversation.waitingSince, ...others])),
      sourceWaitingSince: instantText(absorbed.waitingSince),
    },
  };
}

/** Back to where the source was, as after a restore. Quiet when that merge is not the one it is in. */
export function completeUnmerge(
  command: CompleteUnmerge,
  ticket: Ticket,
  { now }: DecisionContext,
): readonly TicketEvent[] {
  const { mergeId, messages, waitingSince } = command;
  if (ticket.mergedInto?.mergeId !== mergeId) return [];
  const back = resumed(ticket, ticket.mergedInto.formerStatus, now);
  const group = groupOf(ticket).map(({ ticketId }) => ticketId);
  const waits = back.status === 'solved' || back.status === 'closed' ? null : waitingSince;
  const { target } = ticket.mergedInto;
  return [
    { type: 'Unmerged', data: { mergeId, target, from: 'merged', group, messages, waitingSince: waits, ...back } },
  ];
}
