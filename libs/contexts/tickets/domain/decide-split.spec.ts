import { given } from '@ledgerdesk/testing';
import { about, CUSTOMER, KEY, opened, TICKET } from './ticket-stories.fixture.js';
import * as commands from './ticket.commands.js';
import { ticketDecider } from './ticket.decider.js';
import type { TicketEvent, TicketSplit } from './ticket.events.js';

const AT = '2026-03-02T11:00:00.000Z';
const into = { ticketId: 't2', number: 1043 };
const message: TicketEvent = {
  type: 'CustomerMessageReceived',
  data: { body: about('Also: the door.'), channel: 'web' },
};

const off = (change: Partial<commands.SplitOff> = {}): commands.SplitTicket =>
  new commands.SplitTicket(TICKET, {
    into,
    subject: 'The door',
    channel: 'web',
    requester: { customerId: CUSTOMER, keyId: KEY, name: 'Ada Lovelace', address: null },
    messages: ['e1'],
    messageCount: 1,
    noteCount: 0,
    ownWaitingSince: AT,
    takenWaitingSince: AT,
    seen: 1,
    ...change,
  });

const split: TicketSplit = {
  type: 'TicketSplit',
  data: {
    into,
    requester: { customerId: CUSTOMER, keyId: KEY, name: about('Ada Lovelace'), address: null },
    subject: about('The door'),
    channel: 'web',
    messages: ['e1'],
    messageCount: 1,
    noteCount: 0,
    waitingSince: AT,
    ownWaitingSince: AT,
    takenWaitingSince: AT,
  },
};

describe('a ticket that is split', () => {
  it('gives up messages by their ids, is linked to the new one, and has been worked on', () => {
    given(ticketDecider, opened(), message)
      .when(off())
      .then(split, { type: 'WorkStarted', data: { from: 'new' } });
    expect(given(ticketDecider, opened(), message, split).state()).toMatchObject({
      conversation: { messages: 1 },
      moved: ['e1'],
      links: [{ ticketId: 't2', relation: 'related' }],
    });
  });

  it('gives up a message once', () => {
    given(ticketDecider, opened(), message, message, split)
      .when(off({ seen: 3 }))
      .thenRefused('ticket.message-moved');
  });

  it('keeps one message at least', () => {
    given(ticketDecider, opened(), message)
      .when(off({ messages: ['e0', 'e1'], messageCount: 2 }))
      .thenRefused('ticket.split-nothing-left');
  });

  it('may give up all of its notes', () => {
    const note: TicketEvent = { type: 'NoteAdded', data: { body: about('Psst.') } };
    const { data } = split;
    given(ticketDecider, opened({ body: null }), note)
      .when(off({ messageCount: 0, noteCount: 1 }), { actor: 'system:x' })
      .then({ type: 'TicketSplit', data: { ...data, messageCount: 0, noteCount: 1 } });
  });

  it('does not say what it has not seen', () => {
    given(ticketDecider, opened(), message, message).when(off()).thenRefused('version.busy');
  });

  it.each<[string, string, readonly TicketEvent[]]>([
    ['closed', 'ticket.closed', [message, { type: 'TicketClosed', data: { from: 'solved' } }]],
    ['in the trash', 'ticket.trashed', [message, { type: 'TicketTrashed', data: { from: 'open' } }]],
    [
      'being merged',
      'ticket.merging',
      [message, { type: 'MergeRequested', data: { mergeId: 'x', target: into, from: 'open' } }],
    ],
  ])('is not %s', (_, code, events) => {
    given(ticketDecider, opened(), ...events)
      .when(off({ seen: events.length }))
      .thenRefused(code);
  });
});

describe('the new ticket', () => {
  const origin = { ticketId: TICKET, number: 1042 };
  const open = new commands.OpenSplitTicket(origin, split.data);

  it('begins with the messages of the other one, and without a text of its own', () => {
    given(ticketDecider)
      .when(open)
      .then(
        opened({
          ...into,
          requester: split.data.requester,
          subject: about('The door'),
          body: null,
        }),
        { type: 'MessagesTaken', data: { origin, messages: ['e1'], messageCount: 1, noteCount: 0, waitingSince: AT } },
      );
  });

  it('is opened once', () => {
    given(ticketDecider, opened(into)).when(open).thenRefused('ticket.exists');
  });
});
