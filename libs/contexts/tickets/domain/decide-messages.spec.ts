import { given } from '@ledgerdesk/testing';
import {
  AddNote,
  AssignTicket,
  HandOffTicket,
  type NewTicket,
  OpenTicket,
  PendTicket,
  ReceiveCustomerMessage,
  SendPublicReply,
  SolveTicket,
} from './ticket.commands.js';
import { ticketDecider } from './ticket.decider.js';
import type { TicketEvent } from './ticket.events.js';
import { about, CUSTOMER, KEY, opened, POLICY, solvedAt, TICKET } from './ticket-stories.fixture.js';

const DAY = 86_400_000;
const START = '2026-03-02T12:00:00.000Z';
const after = (days: number, milliseconds = 0): string =>
  new Date(Date.parse(START) + days * DAY + milliseconds).toISOString();

const started: TicketEvent = { type: 'WorkStarted', data: { from: 'new' } };
const pended: TicketEvent = { type: 'TicketPended', data: { from: 'open', until: after(3) } };
const held: TicketEvent = { type: 'TicketHeld', data: { from: 'open' } };
const solved = solvedAt(START);
const closed: TicketEvent = { type: 'TicketClosed', data: { from: 'solved' } };
const spam: TicketEvent = { type: 'TicketMarkedSpam', data: { from: 'open' } };
const trashed: TicketEvent = { type: 'TicketTrashed', data: { from: 'open' } };

const wanted: NewTicket = {
  number: 1042,
  subject: 'Printer on fire',
  body: 'It burns.',
  requester: { customerId: CUSTOMER, keyId: KEY, name: 'Ada Lovelace', address: 'ada@example.org' },
};

describe('opening', () => {
  it('begins with who asks for what, every personal text sealed under their key', () => {
    given(ticketDecider).when(new OpenTicket(TICKET, wanted)).then(opened());
  });

  it('takes everything that was given', () => {
    const command = new OpenTicket(TICKET, {
      ...wanted,
      body: null,
      channel: 'phone',
      priority: 'urgent',
      category: 'Hardware',
      subcategory: 'Printer',
      tags: ['VIP', 'vip', 'On Fire'],
      customFields: { floor: 3, leased: true, serial: 'X-1', nothing: ' ' },
      requester: { customerId: CUSTOMER, keyId: KEY },
      externalId: { source: 'servicenow', id: 'INC1' },
      followUpOf: KEY,
    });
    given(ticketDecider)
      .when(command)
      .then(
        opened({
          requester: { customerId: CUSTOMER, keyId: KEY, name: null, address: null },
          body: null,
          channel: 'phone',
          priority: 'urgent',
          category: 'Hardware',
          subcategory: 'Printer',
          tags: ['on-fire', 'vip'],
          customFields: { floor: 3, leased: true, serial: about('X-1') },
          externalId: { source: 'servicenow', id: 'INC1' },
          followUpOf: KEY,
        }),
      );
  });

  it('refuses a second beginning', () => {
    given(ticketDecider, opened()).when(new OpenTicket(TICKET, wanted)).thenRefused('ticket.exists');
  });

  it('refuses too much and what does not belong together', () => {
    const tags = Array.from({ length: 21 }, (_, index) => `tag${String(index)}`);
    const customFields = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${String(index)}`, index]));
    given(ticketDecider)
      .when(new OpenTicket(TICKET, { ...wanted, tags }))
      .thenRefused('ticket.too-many-tags');
    given(ticketDecider)
      .when(new OpenTicket(TICKET, { ...wanted, customFields }))
      .thenRefused('ticket.too-many-fields');
    given(ticketDecider)
      .when(new OpenTicket(TICKET, { ...wanted, subcategory: 'Printer' }))
      .thenRefused('ticket.subcategory-alone');
  });

  it('is what everything else needs', () => {
    given(ticketDecider).when(new AddNote(TICKET, 'Hello')).thenRefused('ticket.not-found');
  });
});

describe('a message from the customer', () => {
  const message = new ReceiveCustomerMessage(TICKET, 'Still burning.', 'email');
  const received: TicketEvent = {
    type: 'CustomerMessageReceived',
    data: { body: about('Still burning.'), channel: 'email' },
  };
  const customer = { actor: 'customer:ada' } as const;

  it.each([
    ['new', []],
    ['open', [started]],
    ['on hold', [held]],
    ['spam', [spam]],
  ] as const)('adds to a ticket that is %s and leaves it there', (_, events) => {
    given(ticketDecider, opened(), ...events)
      .when(message, customer)
      .then(received);
  });

  it('reopens a pending ticket in the same append', () => {
    given(ticketDecider, opened(), pended)
      .when(message, customer)
      .then(received, { type: 'TicketReopened', data: { from: 'pending', because: 'customer_message' } });
  });

  it('reopens a solved ticket within its window, in the same append', () => {
    given(ticketDecider, opened(), solved)
      .when(message, { ...customer, since: START, at: after(7) })
      .then(received, { type: 'TicketReopened', data: { from: 'solved', because: 'customer_message' } });
  });

  it('needs a follow-up when it was solved longer ago or is closed', () => {
    given(ticketDecider, opened(), solved)
      .when(message, { ...customer, since: START, at: after(7, 1) })
      .thenRefused('ticket.closed');
    given(ticketDecider, opened(), solved, closed).when(message, customer).thenRefused('ticket.closed');
  });

  it('is not lost in the trash', () => {
    given(ticketDecider, opened(), trashed).when(message, customer).thenRefused('ticket.trashed');
  });
});

describe('a public reply', () => {
  const sent: TicketEvent = { type: 'PublicReplySent', data: { body: about('We are on it.') } };
  const next = { solved: new SolveTicket(TICKET, POLICY), pending: new PendTicket(TICKET) };
  const reply = (then?: keyof typeof next): SendPublicReply =>
    new SendPublicReply(TICKET, 'We are on it.', then && next[then]);

  it('opens a new ticket, and leaves every other status', () => {
    given(ticketDecider, opened()).when(reply()).then(sent, started);
    for (const before of [started, pended, held, solved]) {
      given(ticketDecider, opened(), before).when(reply()).then(sent);
    }
  });

  it('solves or pends in the same append', () => {
    given(ticketDecider, opened()).when(reply('solved'), { at: START }).then(sent, solvedAt(START, 'new'));
    given(ticketDecider, opened(), started)
      .when(reply('pending'))
      .then(sent, { type: 'TicketPended', data: { from: 'open', until: null } });
  });

  it('does not repeat the status that is already there, nor forget what it waits for', () => {
    given(ticketDecider, opened(), solved).when(reply('solved')).then(sent);
    given(ticketDecider, opened(), pended).when(reply('pending'), { at: START }).then(sent);
  });

  it('refuses to pend a solved ticket, and to reach a closed or removed one', () => {
    given(ticketDecider, opened(), solved).when(reply('pending')).thenRefused('ticket.solved');
    given(ticketDecider, opened(), solved, closed).when(reply()).thenRefused('ticket.closed');
    given(ticketDecider, opened(), spam).when(reply()).thenRefused('ticket.spam');
    given(ticketDecider, opened(), trashed).when(reply('solved')).thenRefused('ticket.trashed');
  });
});

describe('a note and a hand-off', () => {
  const noted: TicketEvent = { type: 'NoteAdded', data: { body: about('Asked facilities.') } };
  const note = new AddNote(TICKET, 'Asked facilities.');

  it('is sealed under the key of the requester and opens a new ticket', () => {
    given(ticketDecider, opened()).when(note).then(noted, started);
    given(ticketDecider, opened(), solved).when(note).then(noted);
  });

  it('is a touch of the desk only when the desk wrote it', () => {
    given(ticketDecider, opened()).when(note, { actor: 'key:k1' }).then(noted, started);
    given(ticketDecider, opened()).when(note, { actor: 'system:triage' }).then(noted);
  });

  it('can not be added to a final or removed ticket', () => {
    given(ticketDecider, opened(), solved, closed).when(note).thenRefused('ticket.closed');
    given(ticketDecider, opened(), trashed).when(note).thenRefused('ticket.trashed');
  });

  it('hands off with what the next person needs to know', () => {
    const handoff = new HandOffTicket(TICKET, { done: 'Called.', next: 'Visit.', watch: ' ', assigneeId: 'm2' });
    const assigned: TicketEvent = {
      type: 'TicketAssigned',
      data: { assigneeId: 'm1', teamId: null, reason: null, from: { assigneeId: null, teamId: null } },
    };
    const handedOff: TicketEvent = {
      type: 'TicketHandedOff',
      data: { done: about('Called.'), next: about('Visit.'), watch: null, assigneeId: 'm2', from: 'm1' },
    };
    given(ticketDecider, opened(), assigned).when(handoff).then(handedOff, started);
    given(ticketDecider, opened(), assigned, handedOff).when(new AssignTicket(TICKET, 'm2')).thenNothing();
    given(ticketDecider, opened(), solved, closed).when(handoff).thenRefused('ticket.closed');
  });
});
