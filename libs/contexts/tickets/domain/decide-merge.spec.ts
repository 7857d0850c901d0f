import { type DomainEvent, Personal } from '@ledgerdesk/kernel';
import { given } from '@ledgerdesk/testing';
import { about, CUSTOMER, KEY, opened, solvedAt, TICKET } from './ticket-stories.fixture.js';
import * as commands from './ticket.commands.js';
import { ticketDecider } from './ticket.decider.js';
import type { TicketEvent } from './ticket.events.js';

const TARGET = { ticketId: 't2', number: 1041, customerId: CUSTOMER };
const target = { ticketId: 't2', number: 1041 };
const other = { ticketId: 't3', number: 1039, customerId: 'c3', keyId: 'k3' };
const SINCE = '2026-03-01T09:00:00.000Z';

const requested: TicketEvent = { type: 'MergeRequested', data: { mergeId: 'x1', target, from: 'open' } };
const merged: TicketEvent = { type: 'Merged', data: { mergeId: 'x1', target, from: 'open', group: [TICKET] } };
const absorbed: TicketEvent = {
  type: 'Absorbed',
  data: { mergeId: 'x3', group: [other], messageCount: 2, noteCount: 1, waitingSince: SINCE },
};
const closed: TicketEvent = { type: 'TicketClosed', data: { from: 'solved' } };
const trashed: TicketEvent = { type: 'TicketTrashed', data: { from: 'open' } };
const spam: TicketEvent = { type: 'TicketMarkedSpam', data: { from: 'open' } };

const request = (to: commands.MergeTarget = TARGET, confirmed = false): commands.RequestMerge =>
  new commands.RequestMerge(TICKET, 'x1', to, confirmed);
const absorption = { mergeId: 'x3', group: [other], messages: 2, notes: 1, waitingSince: Date.parse(SINCE) };
const absorb = new commands.AbsorbTicket(TICKET, absorption);

describe('the source of a merge', () => {
  it('is asked first', () => {
    given(ticketDecider, opened())
      .when(request())
      .then({ ...requested, data: { ...requested.data, from: 'new' } });
  });

  it.each<[string, string, readonly TicketEvent[]]>([
    ['closed', 'ticket.closed', [closed]],
    ['merged before', 'ticket.merged', [requested, merged]],
    ['being merged', 'ticket.merging', [requested]],
    ['in the trash', 'ticket.trashed', [trashed]],
    ['spam', 'ticket.spam', [spam]],
  ])('is not %s', (_, code, events) => {
    given(ticketDecider, opened(), ...events)
      .when(request())
      .thenRefused(code);
  });

  it('is not its own target, nor one that it has absorbed', () => {
    given(ticketDecider, opened())
      .when(request({ ...TARGET, ticketId: TICKET }))
      .thenRefused('ticket.merge-self');
    given(ticketDecider, opened(), absorbed)
      .when(request({ ...TARGET, ticketId: 't3' }))
      .thenRefused('ticket.merge-cycle');
  });

  it('needs a confirmation when the requesters differ', () => {
    const theirs = { ...TARGET, customerId: 'somebody-else' };
    given(ticketDecider, opened()).when(request(theirs)).thenRefused('ticket.merge-other-requester');
    given(ticketDecider, opened(), { type: 'WorkStarted', data: { from: 'new' } })
      .when(request(theirs, true))
      .then(requested);
  });

  it.each<[string, commands.TicketCommand]>([
    ['an agent who answers', new commands.SendPublicReply(TICKET, 'On it.')],
    ['an agent who assigns', new commands.AssignTicket(TICKET, 'm2')],
    ['an agent who notes', new commands.AddNote(TICKET, 'Hm.')],
    ['an agent who trashes', new commands.TrashTicket(TICKET)],
    ['a customer', new commands.ReceiveCustomerMessage(TICKET, 'Hello?')],
  ])('is not written to by %s while it is merged', (_, command) => {
    given(ticketDecider, opened(), requested).when(command).thenRefused('ticket.merging');
    given(ticketDecider, opened(), requested, merged).when(command).thenRefused('ticket.merged');
  });

  it('is final in the end, with everything that it had absorbed', () => {
    given(ticketDecider, opened(), absorbed, requested)
      .when(new commands.CompleteMerge(TICKET, 'x1'))
      .then({ type: 'Merged', data: { mergeId: 'x1', target, from: 'new', group: [TICKET, 't3'] } });
  });

  it('goes on as it was when the target refuses', () => {
    const refused = { type: 'MergeRefused', data: { mergeId: 'x1', target, because: 'ticket.target-closed' } } as const;
    given(ticketDecider, opened(), requested)
      .when(new commands.RefuseMerge(TICKET, 'x1', 'ticket.target-closed'))
      .then(refused);
    const state = given(ticketDecider, opened(), requested, refused).state();
    expect(state).toMatchObject({ status: 'new', merging: null });
    given(ticketDecider, opened(), requested, refused)
      .when(new commands.AddNote(TICKET, 'Hm.'), { actor: 'system:x' })
      .then({ type: 'NoteAdded', data: { body: about('Hm.') } });
  });

  it('is quiet about a merge that is not under way', () => {
    for (const events of [[], [requested, merged]] as const) {
      const told = given(ticketDecider, opened(), ...events);
      told.when(new commands.CompleteMerge(TICKET, 'x1')).thenNothing();
      told.when(new commands.RefuseMerge(TICKET, 'x1', 'ticket.target-spam')).thenNothing();
    }
  });

  it('ends also when a timer closed it meanwhile', () => {
    given(ticketDecider, opened(), solvedAt(), requested, closed)
      .when(new commands.CompleteMerge(TICKET, 'x1'))
      .then({ type: 'Merged', data: { mergeId: 'x1', target, from: 'closed', group: [TICKET] } });
  });
});

describe('the target of a merge', () => {
  it('absorbs by reference: numbers and ids, no text', () => {
    given(ticketDecider, opened()).when(absorb).then(absorbed);
    expect(JSON.stringify((absorbed as DomainEvent).data)).not.toMatch(/burn/);
  });

  it('counts what it absorbed, and waits for the oldest', () => {
    expect(given(ticketDecider, opened(), absorbed).state()).toMatchObject({
      conversation: { messages: 3, notes: 1 },
      absorbed: [{ mergeId: 'x3', waitingSince: Date.parse(SINCE) }],
    });
  });

  it('absorbs once', () => {
    given(ticketDecider, opened(), absorbed).when(absorb).thenNothing();
  });

  it('does not make a solved ticket wait', () => {
    given(ticketDecider, opened(), solvedAt())
      .when(absorb)
      .then({ ...absorbed, data: { ...absorbed.data, waitingSince: null } });
  });

  it.each<[string, string, readonly TicketEvent[]]>([
    ['closed', 'ticket.target-closed', [closed]],
    ['merged', 'ticket.target-merged', [requested, merged]],
    [
      'being merged itself: two merges that would make a circle can not both succeed',
      'ticket.target-merging',
      [requested],
    ],
    ['in the trash', 'ticket.target-trashed', [trashed]],
    ['spam', 'ticket.target-spam', [spam]],
  ])('is not %s', (_, code, events) => {
    given(ticketDecider, opened(), ...events)
      .when(absorb)
      .thenRefused(code);
  });

  it('is no part of what it absorbs', () => {
    const circle = { ...absorption, group: [other, { ...other, ticketId: TICKET }] };
    given(ticketDecider, opened()).when(new commands.AbsorbTicket(TICKET, circle)).thenRefused('ticket.merge-cycle');
  });

  it('takes 49 others at most', () => {
    const group = Array.from({ length: 50 }, (_, index) => ({ ...other, ticketId: `many${String(index)}` }));
    given(ticketDecider, opened())
      .when(new commands.AbsorbTicket(TICKET, { ...absorption, group }))
      .thenRefused('ticket.too-many-merged');
  });

  it('takes messages for what it absorbed under the key of who wrote them, and no others', () => {
    const message = (to: string): commands.ReceiveCustomerMessage =>
      new commands.ReceiveCustomerMessage(TICKET, 'Me again.', 'email', to);
    given(ticketDecider, opened(), absorbed)
      .when(message('t3'))
      .then({
        type: 'CustomerMessageReceived',
        data: { body: new Personal('k3', 'Me again.'), addressedTo: 't3', channel: 'email' },
      });
    given(ticketDecider, opened(), absorbed).when(message('t9')).thenRefused('ticket.not-absorbed');
    expect(KEY).not.toBe('k3');
  });
});
