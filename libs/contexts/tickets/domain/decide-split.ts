import { type DecisionContext, DomainError, Personal } from '@ledgerdesk/kernel';
import { refuseUnlessActive, started } from './ticket-rules.js';
import { LIMITS } from './ticket-text.js';
import type { OpenSplitTicket, SplitTicket } from './ticket-merging.commands.js';
import type { TicketEvent } from './ticket.events.js';
import type { Ticket } from './ticket.js';
import { earliest, instantText, milliseconds, refuseUnseen } from './ticket-union.js';

/**
 * The ticket gives up messages to a new one; the first to do so with a message wins.
 * @throws DomainError `ticket.message-moved`, `ticket.split-nothing-left`, `ticket.too-many-moved`, `ticket.too-many-links`
 */
export function split(command: SplitTicket, ticket: Ticket, context: DecisionContext): readonly TicketEvent[] {
  const { off, subject } = command;
  refuseUnlessActive(ticket);
  if (off.messages.some((id) => ticket.moved.includes(id))) {
    throw new DomainError(
      'conflict',
      'ticket.message-moved',
      'One of the messages was moved to another ticket before.',
    );
  }
  if (off.messageCount > 0 && ticket.conversation.messages <= off.messageCount) {
    throw new DomainError('conflict', 'ticket.split-nothing-left', 'One message at least has to stay in the ticket.');
  }
  if (ticket.moved.length + off.messages.length > LIMITS.moved) {
    throw new DomainError(
      'conflict',
      'ticket.too-many-moved',
      `At most ${String(LIMITS.moved)} messages can be moved.`,
    );
  }
  if (ticket.links.length >= LIMITS.links) {
    throw new DomainError('invalid', 'ticket.too-many-links', 'At most 50 links.');
  }
  refuseUnseen(ticket, off.seen);
  const { customerId, keyId, name, address } = off.requester;
  const sealed = (text: string): Personal => new Personal(keyId, text);
  const { into, channel, messages, messageCount, noteCount, ownWaitingSince, takenWaitingSince } = off;
  const absorbed = ticket.absorbed.map(({ waitingSince }) => waitingSince);
  const data = {
    into,
    requester: {
      customerId,
      keyId,
      name: name === null ? null : sealed(name),
      address: address === null ? null : sealed(address),
    },
    subject: sealed(subject),
    channel,
    messages,
    messageCount,
    noteCount,
    waitingSince: instantText(earliest([milliseconds(ownWaitingSince), ...absorbed])),
    ownWaitingSince,
    takenWaitingSince,
  };
  return started([{ type: 'TicketSplit', data }], ticket, context);
}

/** The new ticket begins without a text of its own: its first messages stand in the other one. */
export function openSplit({ origin, split: data }: OpenSplitTicket): readonly TicketEvent[] {
  const { into, requester, subject, channel, messages, messageCount, noteCount, takenWaitingSince } = data;
  return [
    {
      type: 'TicketOpened',
      data: {
        ...into,
        requester,
        subject,
        body: null,
        channel,
        priority: 'normal',
        category: null,
        subcategory: null,
        tags: [],
        customFields: {},
        externalId: null,
        followUpOf: null,
      },
    },
    {
      type: 'MessagesTaken',
      data: { origin, messages, messageCount, noteCount, waitingSince: takenWaitingSince },
    },
  ];
}
