import { parseStreamName } from '@ledgerdesk/event-store';
import type { EffectChange, Reaction } from '@ledgerdesk/jobs';
import { CloseTicket } from '../domain/ticket.commands.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { statusAfter } from '../domain/ticket.evolve.js';

/** When a ticket has been solved for as long as its workspace had set, it is closed, unless something else happened first. */
export const closeSolvedTicket: Reaction = {
  name: 'close-solved-ticket',
  categories: ['ticket'],
  effectsOf: (event) => changesAfter(event as unknown as TicketEvent, parseStreamName(event.stream).id),
  perform: ({ subject }, tools) => tools.issue(new CloseTicket(subject)),
};

function changesAfter(event: TicketEvent, subject: string): readonly EffectChange[] {
  // Before it is opened, nothing can wait for a ticket.
  if (event.type === 'TicketOpened' || statusAfter(event) === undefined) return [];
  const due = statusAfter(event) === 'solved' && 'closeAt' in event.data ? event.data.closeAt : null;
  const cancel = { kind: 'cancel', subject } as const;
  return due === null ? [cancel] : [cancel, { kind: 'perform', subject, due }];
}
