import { DomainError } from '@ledgerdesk/kernel';
import type { MergedTicket } from './ticket-parties.js';
import type { TicketEvent } from './ticket.events.js';
import type { Conversation, Ticket } from './ticket.js';

export function earliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Everything that goes along when a ticket is merged: itself first. */
export function groupOf(ticket: Ticket): readonly MergedTicket[] {
  const { id: ticketId, number, requester } = ticket;
  return [{ ticketId, number, ...requester }, ...ticket.absorbed.flatMap(({ group }) => group)];
}

export function isAbsorbed(ticket: Ticket, ticketId: string): boolean {
  return absorbedMember(ticket, ticketId) !== undefined;
}

/** The merged ticket that shows in this one, with the key of the person that it is about. */
export function absorbedMember(ticket: Ticket, ticketId: string): MergedTicket | undefined {
  return ticket.absorbed.flatMap(({ group }) => group).find((member) => member.ticketId === ticketId);
}

/** The longest that anybody in the union waits for an answer. */
export function unionWaitingSince({ conversation, absorbed }: Ticket): number | null {
  return earliest([conversation.waitingSince, ...absorbed.map(({ waitingSince }) => waitingSince)]);
}

/** Commands that tell what they read are refused when something was written since; whoever made them reads again. */
export function refuseUnseen(ticket: Ticket, seen: number): void {
  if (ticket.version === seen) return;
  throw new DomainError('conflict', 'version.busy', 'Too many changes at the same time.');
}

export function milliseconds(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}

export function instantText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The ticket with its union after an event, `at` in milliseconds. */
export function withUnion(ticket: Ticket, event: TicketEvent, at: number): Ticket {
  const { conversation, absorbed, moved } = ticket;
  switch (event.type) {
    case 'CustomerMessageReceived':
      return messageReceived(ticket, event.data.addressedTo, at);
    case 'PublicReplySent':
      return answered({ ...ticket, conversation: { ...conversation, messages: conversation.messages + 1 } });
    case 'NoteAdded':
    case 'TicketHandedOff':
      return { ...ticket, conversation: { ...conversation, notes: conversation.notes + 1 } };
    case 'MergeRequested':
      return { ...ticket, merging: { mergeId: event.data.mergeId, target: event.data.target } };
    case 'MergeRefused':
      return { ...ticket, merging: null };
    case 'Merged': {
      const { mergeId, target, from } = event.data;
      return { ...ticket, merging: null, mergedInto: { mergeId, target, formerStatus: from } };
    }
    case 'Absorbed': {
      const { mergeId, group, messageCount, noteCount, waitingSince } = event.data;
      const one = { mergeId, at, group, messages: messageCount, notes: noteCount };
      return {
        ...ticket,
        conversation: counted(conversation, messageCount, noteCount),
        absorbed: [...absorbed, { ...one, waitingSince: milliseconds(waitingSince) }],
      };
    }
    case 'Released': {
      const { mergeId, messages, messageCount, noteCount } = event.data;
      return {
        ...ticket,
        conversation: counted(conversation, -messageCount, -noteCount),
        absorbed: absorbed.filter((other) => other.mergeId !== mergeId),
        moved: [...moved, ...messages],
      };
    }
    case 'Unmerged': {
      const { messages, waitingSince } = event.data;
      const more = counted(conversation, messages.length, 0);
      return { ...ticket, mergedInto: null, conversation: { ...more, waitingSince: milliseconds(waitingSince) } };
    }
    case 'TicketSplit': {
      const { messages, messageCount, noteCount, ownWaitingSince } = event.data;
      const fewer = counted(conversation, -messageCount, -noteCount);
      return {
        ...ticket,
        conversation: { ...fewer, waitingSince: milliseconds(ownWaitingSince) },
        moved: [...moved, ...messages],
      };
    }
    case 'MessagesTaken': {
      const { messageCount, noteCount, waitingSince } = event.data;
      const more = counted(conversation, messageCount, noteCount);
      return { ...ticket, conversation: { ...more, waitingSince: milliseconds(waitingSince) } };
    }
    default:
      return ticket;
  }
}

function counted(conversation: Conversation, messages: number, notes: number): Conversation {
  return { ...conversation, messages: conversation.messages + messages, notes: conversation.notes + notes };
}

/** A public answer is one to everybody whose messages show in the ticket. */
export function answered(ticket: Ticket): Ticket {
  return {
    ...ticket,
    conversation: { ...ticket.conversation, waitingSince: null },
    absorbed: ticket.absorbed.map((one) => ({ ...one, waitingSince: null })),
  };
}

function messageReceived(ticket: Ticket, addressedTo: string | undefined, at: number): Ticket {
  const conversation = counted(ticket.conversation, 1, 0);
  if (addressedTo === undefined) {
    return { ...ticket, conversation: { ...conversation, waitingSince: conversation.waitingSince ?? at } };
  }
  const absorbed = ticket.absorbed.map((one) =>
    one.group.some(({ ticketId }) => ticketId === addressedTo) ? { ...one, waitingSince: one.waitingSince ?? at } : one,
  );
  return { ...ticket, conversation, absorbed };
}
