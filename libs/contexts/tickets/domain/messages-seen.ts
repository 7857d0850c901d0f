import { DomainError, type Recorded } from '@ledgerdesk/kernel';
import type { TicketEvent } from './ticket.events.js';

/**
 * How many messages the ticket has, for a writer who has seen a version: replies of their own since are no surprise, but what a
 * customer wrote is, whoever brought it in.
 * A reply that carries this number is refused when one more arrives before it is written.
 * @throws DomainError `ticket.new-message` when somebody else has written after that version
 */
export function messagesSeen(events: readonly Recorded<TicketEvent>[], seenVersion: number, actor: string): number {
  const messages = events.filter(({ type }) => type === 'CustomerMessageReceived' || type === 'PublicReplySent');
  const isOwn = ({ type, metadata }: Recorded<TicketEvent>): boolean =>
    type === 'PublicReplySent' && metadata.actor === actor;
  if (messages.some((message) => message.revision > seenVersion && !isOwn(message))) throw newMessage();
  return messages.length;
}

export function newMessage(): DomainError {
  const text = 'A message came in after the version that the writer had seen. Read it, then send again.';
  return new DomainError('conflict', 'ticket.new-message', text);
}
