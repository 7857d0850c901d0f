import type { Effect, EffectChange } from '@ledgerdesk/jobs';
import { opened, recorded, solvedAt, TICKET } from '../domain/ticket-stories.fixture.js';
import { CloseTicket, WakeTicket } from '../domain/ticket.commands.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { closeSolvedTicket } from './close-solved-ticket.js';
import { wakePendedTicket } from './wake-pended-ticket.js';

const AT = '2026-03-02T12:00:00.000Z';
const UNTIL = '2026-03-05T12:00:00.000Z';
const CLOSING = '2026-03-12T12:00:00.000Z';
const cancel = { kind: 'cancel', subject: TICKET } as const;

const effects = (reaction: typeof wakePendedTicket, event: TicketEvent): readonly EffectChange[] =>
  recorded([event], { from: AT }).flatMap((told) => reaction.effectsOf(told));

const pended: TicketEvent = { type: 'TicketPended', data: { from: 'open', until: UNTIL } };
const solved = solvedAt(AT);
const tagged: TicketEvent = { type: 'TicketTagged', data: { tags: ['vip'] } };
const restored = (status: 'pending' | 'solved', instants: { until?: string; closeAt?: string }): TicketEvent => ({
  type: 'TicketRestored',
  data: { from: 'spam', status, until: null, closeAt: null, ...instants },
});

async function issuedBy(reaction: typeof wakePendedTicket): Promise<readonly object[]> {
  const issued: object[] = [];
  const effect: Effect = {
    reaction: reaction.name,
    eventId: TICKET,
    workspaceId: TICKET,
    stream: 'ticket-x',
    revision: 1,
    subject: TICKET,
    due: new Date(UNTIL),
    outwardId: TICKET,
    correlationId: 'c',
    attempt: 1,
  };
  await reaction.perform(effect, {
    issue: (command) => {
      issued.push(command);
      return Promise.resolve();
    },
  });
  return issued;
}

describe('wake-pended-ticket', () => {
  it('is due at the instant that the ticket waits for', () => {
    const perform = { kind: 'perform', subject: TICKET, due: UNTIL };
    expect(effects(wakePendedTicket, pended)).toEqual([cancel, perform]);
    expect(effects(wakePendedTicket, restored('pending', { until: UNTIL }))).toEqual([cancel, perform]);
  });

  it('is dropped when the status changes, and untouched by everything else', () => {
    expect(effects(wakePendedTicket, solved)).toEqual([cancel]);
    expect(effects(wakePendedTicket, { type: 'TicketPended', data: { from: 'pending', until: null } })).toEqual([
      cancel,
    ]);
    expect(effects(wakePendedTicket, tagged)).toEqual([]);
    expect(effects(wakePendedTicket, opened())).toEqual([]);
  });

  it('wakes the ticket', async () => {
    expect(await issuedBy(wakePendedTicket)).toEqual([new WakeTicket(TICKET)]);
  });
});

describe('close-solved-ticket', () => {
  it('is due when the period of the workspace ends, also when the ticket came back solved', () => {
    const perform = { kind: 'perform', subject: TICKET, due: CLOSING };
    expect(effects(closeSolvedTicket, solved)).toEqual([cancel, perform]);
    expect(effects(closeSolvedTicket, restored('solved', { closeAt: CLOSING }))).toEqual([cancel, perform]);
  });

  it('is dropped when the status changes, and untouched by everything else', () => {
    expect(effects(closeSolvedTicket, pended)).toEqual([cancel]);
    expect(effects(closeSolvedTicket, { type: 'TicketTrashed', data: { from: 'solved' } })).toEqual([cancel]);
    expect(effects(closeSolvedTicket, opened())).toEqual([]);
    expect(effects(closeSolvedTicket, tagged)).toEqual([]);
  });

  it('closes the ticket', async () => {
    expect(await issuedBy(closeSolvedTicket)).toEqual([new CloseTicket(TICKET)]);
  });
});
