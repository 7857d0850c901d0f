import type { Recorded } from '@ledgerdesk/kernel';
import type { TicketEvent } from './ticket.events.js';
import { statusAfter } from './ticket.evolve.js';

/** A message of the requester that nobody has answered in public. `at` is RFC 3339 UTC. */
export interface Unanswered {
  readonly id: string;
  readonly at: string;
}

/** The unanswered messages that a ticket has of its own, oldest first; those of merged tickets are not among them. */
export function unanswered(events: readonly Recorded<TicketEvent>[]): readonly Unanswered[] {
  return events.reduce<readonly Unanswered[]>((waiting, event) => {
    const status = statusAfter(event);
    return status === 'solved' || status === 'closed' ? [] : waitingAfter(waiting, event);
  }, []);
}

function waitingAfter(waiting: readonly Unanswered[], event: Recorded<TicketEvent>): readonly Unanswered[] {
  const { id, metadata } = event;
  switch (event.type) {
    case 'TicketOpened':
      return [{ id, at: metadata.occurredAt }];
    case 'CustomerMessageReceived':
      return event.data.addressedTo === undefined ? [...waiting, { id, at: metadata.occurredAt }] : waiting;
    case 'PublicReplySent':
      return [];
    case 'MessagesTaken':
    case 'Unmerged':
      return event.data.waitingSince === null ? [] : [{ id, at: event.data.waitingSince }];
    case 'TicketSplit':
      return waiting.filter((message) => !event.data.messages.includes(message.id));
    default:
      return waiting;
  }
}
