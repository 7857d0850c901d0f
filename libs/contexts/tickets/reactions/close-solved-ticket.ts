import { parseStreamName } from '@ledgerdesk/event-store';
import type { EffectChange, Reaction } from '@ledgerdesk/jobs';
import { CloseTicket } from '../domain/ticket.commands.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { statusAfter } from '../domain/ticket.evolve.js';
import { CLOSE_SOLVED_AFTER_DAYS } from '../domain/ticket.js';

const DAY = 86_400_000;

/** When a ticket has been solved for seven days, it is closed, unless something else happened first. */
export const closeSolvedTicket: Reaction = {
  name: 'close-solved-ticket',
  categories: ['ticket'],
  effectsOf: (event) =>
    changesAfter(event as unknown as TicketEvent, parseStreamName(event.stream).id, event.metadata.occurredAt),
  perform: ({ subject }, tools) => tools.issue(new CloseTicket(subject)),
};

function changesAfter(event: TicketEvent, subject: string, at: string): readonly EffectChange[] {
  const status = statusAfter(event);
  if (status === undefined) return [];
  const cancel = { kind: 'cancel', subject } as const;
  if (status !== 'solved') return [cancel];
  const due = new Date(Date.parse(at) + CLOSE_SOLVED_AFTER_DAYS * DAY).toISOString();
  return [cancel, { kind: 'perform', subject, due }];
}
