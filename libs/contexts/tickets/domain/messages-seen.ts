import { DomainError, type Recorded } from '@ledgerdesk/kernel';
import type { TicketEvent } from './ticket.events.js';

/**
 * How many messages the ticket has, for a writer who has seen a version: what they wrote themselves since is no surprise.
 * A reply that carries this number is refused when one more arrives before it is written.
 * @throws DomainError `ticket.new-message` when somebody else has written after that version
 */
export function messagesSeen(events: readonly Recorded<TicketEvent>[], seenVersion: number, actor: string): number {
  const messages = events.filter(({ type }) => type === 'CustomerMessageReceived' || type === 'PublicReplySent');
  if (messages.some(({ revision, metadata }) => revision > seenVersion && metadata.actor !== actor)) {
    throw newMessage();
  }
  return messages.length;
}

export function newMessage(): DomainError {
  const text = 'A message came in after the version that the writer had seen. Read it, then send again.';
  return new DomainError('conflict', 'ticket.new-message', text);
}
