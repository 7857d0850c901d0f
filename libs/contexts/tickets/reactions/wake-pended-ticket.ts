import { parseStreamName } from '@ledgerdesk/event-store';
import type { EffectChange, Reaction } from '@ledgerdesk/jobs';
import { WakeTicket } from '../domain/ticket.commands.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { statusAfter } from '../domain/ticket.evolve.js';

/** When a ticket is pending until an instant, it is open again at that instant, unless something else happened first. */
export const wakePendedTicket: Reaction = {
  name: 'wake-pended-ticket',
  categories: ['ticket'],
  effectsOf: (event) => changesAfter(event as unknown as TicketEvent, parseStreamName(event.stream).id),
  perform: ({ subject }, tools) => tools.issue(new WakeTicket(subject)),
};

function changesAfter(event: TicketEvent, subject: string): readonly EffectChange[] {
  // Before it is opened, nothing can wait for a ticket.
  if (event.type === 'TicketOpened' || statusAfter(event) === undefined) return [];
  const due = statusAfter(event) === 'pending' && 'until' in event.data ? event.data.until : null;
  const cancel = { kind: 'cancel', subject } as const;
  return due === null ? [cancel] : [cancel, { kind: 'perform', subject, due }];
}
