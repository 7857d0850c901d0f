import type { Recorded } from '@ledgerdesk/kernel';
import type { TicketEvent, TicketName } from './ticket.events.js';
import type { TicketView } from './ticket-view.js';

/**
 * What merges and splits change in a view. The events carry numbers, never texts, so the view of a ticket is folded from its own
 * stream alone, and whatever shows in it of others stays where it is.
 */
export function unionValues(view: TicketView, event: Recorded<TicketEvent>): Partial<TicketView> {
  switch (event.type) {
    case 'Merged':
      return { mergedInto: event.data.target };
    case 'Absorbed': {
      const { group, messageCount, noteCount, waitingSince } = event.data;
      return {
        ...counted(view, messageCount, noteCount),
        waitingSince: earlier(view.waitingSince, waitingSince),
        mergedTickets: [...view.mergedTickets, ...group.map(({ ticketId, number }) => ({ ticketId, number }))],
      };
    }
    case 'Released': {
      const { group, messageCount, noteCount, waitingSince } = event.data;
      return {
        ...counted(view, -messageCount, -noteCount),
        waitingSince,
        mergedTickets: view.mergedTickets.filter(({ ticketId }) => !group.includes(ticketId)),
      };
    }
    case 'Unmerged': {
      const { target, messages, waitingSince } = event.data;
      const taken = messages.length === 0 ? view.takenFrom : taking(view, target);
      return { ...counted(view, messages.length, 0), waitingSince, mergedInto: null, takenFrom: taken };
    }
    case 'TicketSplit': {
      const { into, messageCount, noteCount, waitingSince } = event.data;
      return { ...counted(view, -messageCount, -noteCount), waitingSince, links: linked(view, into) };
    }
    case 'MessagesTaken': {
      const { origin, messageCount, noteCount, waitingSince } = event.data;
      const links = linked(view, origin);
      return { ...counted(view, messageCount, noteCount), waitingSince, links, takenFrom: taking(view, origin) };
    }
    default:
      return {};
  }
}

function counted(view: TicketView, messages: number, notes: number): Pick<TicketView, 'messageCount' | 'noteCount'> {
  return { messageCount: view.messageCount + messages, noteCount: view.noteCount + notes };
}

/** Instants of one form sort like texts. */
function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

function taking({ takenFrom }: TicketView, from: TicketName): TicketView['takenFrom'] {
  return takenFrom.some(({ ticketId }) => ticketId === from.ticketId) ? takenFrom : [...takenFrom, from];
}

function linked({ links }: TicketView, { ticketId }: TicketName): TicketView['links'] {
  return [...links, { ticketId, relation: 'related' }];
}
