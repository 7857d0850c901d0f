import { type DecisionContext, DomainError, Personal } from '@ledgerdesk/kernel';
import { pend, solve } from './decide-status.js';
import { newMessage } from './messages-seen.js';
import { refuseClosed, refuseUnlessActive, started } from './ticket-rules.js';
import { LIMITS } from './ticket-text.js';
import { absorbedMember } from './ticket-union.js';
import {
  type AddNote,
  type HandOffTicket,
  type OpenTicket,
  type ReceiveCustomerMessage,
  type SendPublicReply,
  SolveTicket,
} from './ticket.commands.js';
import type { FieldData, TicketEvent, TicketOpened } from './ticket.events.js';
import type { FieldValue, Ticket } from './ticket.js';

/** Texts are sealed under the key of the person that the ticket is about. */
export function sealedField(keyId: string, value: FieldValue): FieldData {
  return typeof value === 'string' ? new Personal(keyId, value) : value;
}

export function open(command: OpenTicket): readonly [TicketOpened] {
  const { requester, customFields } = command;
  const sealed = (text: string): Personal => new Personal(requester.keyId, text);
  const fields = Object.entries(customFields);
  if (command.tags.length > LIMITS.tags) throw new DomainError('invalid', 'ticket.too-many-tags', 'At most 20 tags.');
  if (fields.length > LIMITS.fields) throw new DomainError('invalid', 'ticket.too-many-fields', 'At most 50 fields.');
  if (command.subcategory !== null && command.category === null) {
    throw new DomainError('invalid', 'ticket.subcategory-alone', 'A subcategory needs a category.');
  }
  return [
    {
      type: 'TicketOpened',
      data: {
        ticketId: command.ticketId,
        number: command.number,
        requester: {
          customerId: requester.customerId,
          keyId: requester.keyId,
          name: requester.name == null ? null : sealed(requester.name),
          address: requester.address == null ? null : sealed(requester.address),
        },
        subject: sealed(command.subject),
        body: command.body === null ? null : sealed(command.body),
        channel: command.channel,
        priority: command.priority,
        category: command.category,
        subcategory: command.subcategory,
        tags: command.tags,
        customFields: Object.fromEntries(
          fields.map(([name, value]) => [name, sealedField(requester.keyId, value)] as const),
        ),
        externalId: command.externalId,
        followUpOf: command.followUpOf,
      },
    },
  ];
}

/** Spam takes further messages without coming back; every other removed or final ticket needs a follow-up instead. */
export function receiveMessage(
  { body, channel, addressedTo }: ReceiveCustomerMessage,
  ticket: Ticket,
  { now }: DecisionContext,
): readonly TicketEvent[] {
  refuseClosed(ticket, 'A follow-up ticket is needed.');
  if (ticket.status === 'trashed') {
    throw new DomainError('conflict', 'ticket.trashed', 'The ticket is in the trash. A follow-up ticket is needed.');
  }
  if (ticket.status === 'solved' && now > (ticket.reopenUntil ?? now)) {
    throw new DomainError('conflict', 'ticket.closed', 'It was solved too long ago. A follow-up ticket is needed.');
  }
  const data = addressedTo === undefined ? { body: seal(ticket, body) } : addressed(ticket, addressedTo, body);
  const received = { type: 'CustomerMessageReceived', data: { ...data, channel } } as const;
  if (ticket.status !== 'pending' && ticket.status !== 'solved') return [received];
  return [received, { type: 'TicketReopened', data: { from: ticket.status, because: 'customer_message' } }];
}

/** What came for a merged ticket stays under the key of the person who wrote it. */
function addressed(ticket: Ticket, addressedTo: string, body: string): { body: Personal; addressedTo: string } {
  const member = absorbedMember(ticket, addressedTo);
  if (!member) {
    throw new DomainError('conflict', 'ticket.not-absorbed', 'That ticket is not merged into this one.');
  }
  return { body: new Personal(member.keyId, body), addressedTo };
}

export function sendReply(
  { body, then, messagesSeen }: SendPublicReply,
  ticket: Ticket,
  context: DecisionContext,
): readonly TicketEvent[] {
  refuseUnlessActive(ticket);
  if (messagesSeen !== undefined && ticket.messages > messagesSeen) throw newMessage();
  const sent = { type: 'PublicReplySent', data: { body: seal(ticket, body) } } as const;
  if (then === undefined) return started([sent], ticket, context);
  if (then instanceof SolveTicket) return [sent, ...solve(then, ticket, context)];
  // A ticket that already waits keeps the instant it waits for.
  return ticket.status === 'pending' ? [sent] : [sent, ...pend(then, ticket, context)];
}

export function addNote({ body }: AddNote, ticket: Ticket, context: DecisionContext): readonly TicketEvent[] {
  refuseUnlessActive(ticket);
  return started([{ type: 'NoteAdded', data: { body: seal(ticket, body) } }], ticket, context);
}

export function handOff(command: HandOffTicket, ticket: Ticket, context: DecisionContext): readonly TicketEvent[] {
  refuseUnlessActive(ticket);
  const data = {
    done: seal(ticket, command.done),
    next: seal(ticket, command.next),
    watch: command.watch === null ? null : seal(ticket, command.watch),
    assigneeId: command.assigneeId,
    from: ticket.assigneeId,
  };
  return started([{ type: 'TicketHandedOff', data }], ticket, context);
}

export function seal(ticket: Ticket, text: string): Personal {
  return new Personal(ticket.requester.keyId, text);
}
