import { given } from '@ledgerdesk/testing';
import {
  CloseTicket,
  HoldTicket,
  MarkSpam,
  PendTicket,
  ReopenTicket,
  RestoreTicket,
  SolveTicket,
  TrashTicket,
  WakeTicket,
} from './ticket.commands.js';
import { ticketDecider } from './ticket.decider.js';
import type { TicketEvent } from './ticket.events.js';
import { opened, POLICY, solvedAt, TICKET } from './ticket-stories.fixture.js';

const DAY = 86_400_000;
const START = '2026-03-02T12:00:00.000Z';
const after = (days: number, milliseconds = 0): string =>
  new Date(Date.parse(START) + days * DAY + milliseconds).toISOString();

const started: TicketEvent = { type: 'WorkStarted', data: { from: 'new' } };
const pended = (until: string | null = null): TicketEvent => ({ type: 'TicketPended', data: { from: 'open', until } });
const held: TicketEvent = { type: 'TicketHeld', data: { from: 'open' } };
const solved = solvedAt(START);
const closed: TicketEvent = { type: 'TicketClosed', data: { from: 'solved' } };
const spam: TicketEvent = { type: 'TicketMarkedSpam', data: { from: 'open' } };
const trashed: TicketEvent = { type: 'TicketTrashed', data: { from: 'open' } };

const ticket = (...events: readonly TicketEvent[]) => given(ticketDecider, opened(), ...events);

describe('pending', () => {
  it('waits for the customer', () => {
    ticket(started)
      .when(new PendTicket(TICKET))
      .then({ type: 'TicketPended', data: { from: 'open', until: null } });
  });

  it('waits until an instant, told in UTC', () => {
    ticket()
      .when(new PendTicket(TICKET, '2026-03-03T14:00:00+02:00'))
      .then({ type: 'TicketPended', data: { from: 'new', until: '2026-03-03T12:00:00.000Z' } });
  });

  it('is quiet when it already waits for that, and follows a new instant', () => {
    ticket(pended(after(1)))
      .when(new PendTicket(TICKET, after(1)), { at: START })
      .thenNothing();
    ticket(pended()).when(new PendTicket(TICKET)).thenNothing();
    ticket(pended(after(1)))
      .when(new PendTicket(TICKET, after(2)), { at: START })
      .then({ type: 'TicketPended', data: { from: 'pending', until: after(2) } });
    ticket(pended(after(1)))
      .when(new PendTicket(TICKET), { at: START })
      .then({ type: 'TicketPended', data: { from: 'pending', until: null } });
  });

  it('refuses an instant that has passed, that is too far, or that is none', () => {
    ticket().when(new PendTicket(TICKET, START), { at: START }).thenRefused('ticket.until-past');
    ticket()
      .when(new PendTicket(TICKET, after(3_654)), { at: START })
      .thenRefused('ticket.until-too-far');
    expect(() => new PendTicket(TICKET, 'tomorrow')).toThrow(expect.objectContaining({ code: 'ticket.until-invalid' }));
  });

  it('refuses a solved ticket', () => {
    ticket(solved).when(new PendTicket(TICKET)).thenRefused('ticket.solved');
  });
});

describe('the end of pending', () => {
  it('wakes at the instant', () => {
    ticket(pended(after(1)))
      .when(new WakeTicket(TICKET), { actor: 'system:wake-pended-ticket', at: after(1) })
      .then({ type: 'TicketWoken', data: { from: 'pending' } });
  });

  it('wakes although the clock of the deciding node is a little behind', () => {
    ticket(pended(after(1)))
      .when(new WakeTicket(TICKET), { actor: 'system:wake-pended-ticket', at: after(1, -1_000) })
      .then({ type: 'TicketWoken', data: { from: 'pending' } });
  });

  it('is quiet before, without an instant, and after something else happened', () => {
    const timer = { actor: 'system:wake-pended-ticket', at: after(1, -120_000) } as const;
    ticket(pended(after(1)))
      .when(new WakeTicket(TICKET), timer)
      .thenNothing();
    ticket(pended())
      .when(new WakeTicket(TICKET), { ...timer, at: after(9) })
      .thenNothing();
    ticket(pended(after(1)), started)
      .when(new WakeTicket(TICKET), { ...timer, at: after(2) })
      .thenNothing();
    ticket(pended(after(1)), closed)
      .when(new WakeTicket(TICKET), { ...timer, at: after(2) })
      .thenNothing();
  });
});

describe('holding', () => {
  it('waits for a third party, once', () => {
    ticket(started)
      .when(new HoldTicket(TICKET))
      .then({ type: 'TicketHeld', data: { from: 'open' } });
    ticket(held).when(new HoldTicket(TICKET)).thenNothing();
    ticket(pended())
      .when(new HoldTicket(TICKET))
      .then({ type: 'TicketHeld', data: { from: 'pending' } });
  });

  it('refuses a solved ticket', () => {
    ticket(solved).when(new HoldTicket(TICKET)).thenRefused('ticket.solved');
  });
});

describe('solving and reopening', () => {
  it.each([
    ['new', []],
    ['open', [started]],
    ['pending', [pended()]],
    ['on_hold', [held]],
  ] as const)('solves a ticket that is %s', (from, events) => {
    ticket(...events)
      .when(new SolveTicket(TICKET, POLICY), { at: after(0) })
      .then(solvedAt(START, from));
  });

  it('is quiet when it is solved already', () => {
    ticket(solved).when(new SolveTicket(TICKET, POLICY)).thenNothing();
  });

  it.each([
    ['pending', [pended()]],
    ['on_hold', [held]],
    ['solved', [solved]],
  ] as const)('takes back a ticket that is %s', (from, events) => {
    ticket(...events)
      .when(new ReopenTicket(TICKET))
      .then({ type: 'TicketReopened', data: { from, because: 'agent' } });
  });

  it('opens a new ticket and is quiet on an open one', () => {
    ticket()
      .when(new ReopenTicket(TICKET))
      .then({ type: 'WorkStarted', data: { from: 'new' } });
    ticket(started).when(new ReopenTicket(TICKET)).thenNothing();
  });
});

describe('closing', () => {
  it('closes a solved ticket by hand at once', () => {
    ticket(solved)
      .when(new CloseTicket(TICKET))
      .then({ type: 'TicketClosed', data: { from: 'solved' } });
  });

  it('refuses by hand what is not solved, and is quiet when it is closed', () => {
    ticket(started).when(new CloseTicket(TICKET)).thenRefused('ticket.not-solved');
    ticket(solved, closed).when(new CloseTicket(TICKET)).thenNothing();
  });

  it('closes by the timer when it was solved for as long as the workspace had set, and not before', () => {
    const timer = { actor: 'system:close-solved-ticket', since: START } as const;
    ticket(solved)
      .when(new CloseTicket(TICKET), { ...timer, at: after(10) })
      .then({ type: 'TicketClosed', data: { from: 'solved' } });
    ticket(solved)
      .when(new CloseTicket(TICKET), { ...timer, at: after(10, -120_000) })
      .thenNothing();
  });

  it('counts from the last time it was solved', () => {
    const again = [solvedAt(after(5)), after(5)] as const;
    given(ticketDecider, opened(), [solved, START], [{ ...started, data: { from: 'new' } }, after(1)], again)
      .when(new CloseTicket(TICKET), { actor: 'system:close-solved-ticket', at: after(11) })
      .thenNothing();
  });

  it('keeps the timer quiet when the ticket went another way', () => {
    const timer = { actor: 'system:close-solved-ticket', since: START, at: after(11) } as const;
    for (const event of [started, spam, trashed, closed]) {
      ticket(solved, event).when(new CloseTicket(TICKET), timer).thenNothing();
    }
  });

  it.each([
    new PendTicket(TICKET),
    new HoldTicket(TICKET),
    new SolveTicket(TICKET, POLICY),
    new ReopenTicket(TICKET),
    new MarkSpam(TICKET),
    new TrashTicket(TICKET),
    new RestoreTicket(TICKET),
  ])('leaves a closed ticket alone: %p', (command) => {
    ticket(solved, closed).when(command).thenRefused('ticket.closed');
  });
});

describe('spam and trash', () => {
  it('takes a ticket out of the way, once', () => {
    ticket(started)
      .when(new MarkSpam(TICKET))
      .then({ type: 'TicketMarkedSpam', data: { from: 'open' } });
    ticket(spam).when(new MarkSpam(TICKET)).thenNothing();
    ticket(started)
      .when(new TrashTicket(TICKET))
      .then({ type: 'TicketTrashed', data: { from: 'open' } });
    ticket(trashed).when(new TrashTicket(TICKET)).thenNothing();
    ticket(spam)
      .when(new TrashTicket(TICKET))
      .then({ type: 'TicketTrashed', data: { from: 'spam' } });
  });

  it.each([
    ['spam', spam],
    ['trashed', trashed],
  ] as const)('lets nothing but a restore happen to %s', (status, removal) => {
    for (const command of [new SolveTicket(TICKET, POLICY), new HoldTicket(TICKET), new ReopenTicket(TICKET)]) {
      ticket(removal).when(command).thenRefused(`ticket.${status}`);
    }
  });

  it('restores to where it was, also through both', () => {
    ticket(held, spam, trashed)
      .when(new RestoreTicket(TICKET))
      .then({ type: 'TicketRestored', data: { from: 'trashed', status: 'on_hold', until: null, closeAt: null } });
  });

  it('restores within 30 days of the removal', () => {
    const removal = { since: START } as const;
    ticket(started, trashed)
      .when(new RestoreTicket(TICKET), { ...removal, at: after(30) })
      .then({ type: 'TicketRestored', data: { from: 'trashed', status: 'open', until: null, closeAt: null } });
    ticket(started, trashed)
      .when(new RestoreTicket(TICKET), { ...removal, at: after(30, 1) })
      .thenRefused('ticket.restore-too-late');
  });

  it('brings back what it waited for, or opens it when that has passed', () => {
    ticket(pended(after(2)), trashed)
      .when(new RestoreTicket(TICKET), { at: after(1) })
      .then({ type: 'TicketRestored', data: { from: 'trashed', status: 'pending', until: after(2), closeAt: null } });
    ticket(pended(after(2)), trashed)
      .when(new RestoreTicket(TICKET), { at: after(3) })
      .then({ type: 'TicketRestored', data: { from: 'trashed', status: 'open', until: null, closeAt: null } });
  });

  it('is quiet when there is nothing to restore', () => {
    ticket(started).when(new RestoreTicket(TICKET)).thenNothing();
  });

  it('still closes a restored ticket that had been solved', () => {
    const data = { from: 'spam', status: 'solved', until: null, closeAt: after(10) } as const;
    const restored: TicketEvent = { type: 'TicketRestored', data };
    ticket(solved, spam)
      .when(new RestoreTicket(TICKET), { since: START, at: after(20) })
      .then(restored);
    ticket(solved, spam, restored)
      .when(new CloseTicket(TICKET), { actor: 'system:close-solved-ticket', since: START, at: after(10) })
      .then({ type: 'TicketClosed', data: { from: 'solved' } });
  });
});
