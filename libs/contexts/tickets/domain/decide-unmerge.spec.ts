import { given } from '@ledgerdesk/testing';
import { about, opened, solvedAt, TICKET } from './ticket-stories.fixture.js';
import * as commands from './ticket.commands.js';
import { ticketDecider } from './ticket.decider.js';
import type { TicketEvent } from './ticket.events.js';

const NOON = '2026-03-02T12:00:00.000Z';
const EARLIER = '2026-03-01T09:00:00.000Z';
const DAY = 86_400_000;
const after = (days: number): string => new Date(Date.parse(NOON) + days * DAY).toISOString();

const source = { ticketId: 't3', number: 1039 };
const member = { ...source, customerId: 'c3', keyId: 'k3' };
const target = { ticketId: 't2', number: 1041 };

const absorbedAs = (mergeId: string, ticketId = 't3'): TicketEvent => ({
  type: 'Absorbed',
  data: { mergeId, group: [{ ...member, ticketId }], messageCount: 2, noteCount: 1, waitingSince: EARLIER },
});
const absorbed = absorbedAs('x3');
const addressed: TicketEvent = {
  type: 'CustomerMessageReceived',
  data: { body: about('Me again.'), channel: 'email', addressedTo: 't3' },
};
const release = (seen: number, messages: readonly string[] = []): commands.ReleaseTicket =>
  new commands.ReleaseTicket(TICKET, 't3', messages, seen);
const requested: TicketEvent = { type: 'MergeRequested', data: { mergeId: 'x1', target, from: 'open' } };
const merged: TicketEvent = { type: 'Merged', data: { mergeId: 'x1', target, from: 'open', group: [TICKET] } };

describe('the target of an unmerge', () => {
  it('gives back what it absorbed, with the messages that came for it since', () => {
    given(ticketDecider, opened(), absorbed, addressed)
      .when(release(2, ['e2']))
      .then({
        type: 'Released',
        data: {
          mergeId: 'x3',
          source,
          group: ['t3'],
          messages: ['e2'],
          messageCount: 3,
          noteCount: 1,
          waitingSince: NOON,
          sourceWaitingSince: EARLIER,
        },
      });
  });

  it('keeps what was edited in it since', () => {
    const events = [
      opened(),
      absorbed,
      { type: 'TicketPrioritised', data: { priority: 'high', from: 'normal' } },
    ] as const;
    const before = given(ticketDecider, ...events).state();
    const back: TicketEvent = {
      type: 'Released',
      data: {
        mergeId: 'x3',
        source,
        group: ['t3'],
        messages: [],
        messageCount: 2,
        noteCount: 1,
        waitingSince: NOON,
        sourceWaitingSince: EARLIER,
      },
    };
    given(ticketDecider, ...events)
      .when(release(2))
      .then(back);
    const state = given(ticketDecider, ...events, back).state();
    expect(state).toEqual({
      ...before,
      version: 3,
      absorbed: [],
      conversation: { messages: 1, notes: 0, waitingSince: Date.parse(NOON) },
    });
  });

  it('has answered its sources, too, when it was answered', () => {
    const reply: TicketEvent = { type: 'PublicReplySent', data: { body: about('Both of you: done.') } };
    const state = given(ticketDecider, opened(), absorbed, reply).state();
    expect(state).toMatchObject({ conversation: { waitingSince: null }, absorbed: [{ waitingSince: null }] });
  });

  it('does not say what it has not seen: somebody wrote in between', () => {
    given(ticketDecider, opened(), absorbed, addressed).when(release(1)).thenRefused('version.busy');
  });

  it.each<[string, string, readonly TicketEvent[]]>([
    ['that is closed', 'ticket.target-closed', [absorbed, { type: 'TicketClosed', data: { from: 'solved' } }]],
    ['that was merged', 'ticket.target-merged', [absorbed, requested, merged]],
    ['that is being merged', 'ticket.target-merging', [absorbed, requested]],
    ['that absorbed another one later', 'ticket.unmerge-not-latest', [absorbed, absorbedAs('x4', 't4')]],
    ['that never absorbed it', 'ticket.not-absorbed', []],
  ])('is none %s', (_, code, events) => {
    given(ticketDecider, opened(), ...events)
      .when(release(events.length))
      .thenRefused(code);
  });

  it('may lie in the trash', () => {
    const state = given(ticketDecider, opened(), absorbed, { type: 'TicketTrashed', data: { from: 'open' } }).state();
    const decided = ticketDecider.decide(release(2), state, { actor: 'member:m1', now: Date.parse(NOON) });
    expect(decided.map(({ type }) => type)).toEqual(['Released']);
  });

  it('gives it back for seven days', () => {
    const told = given(ticketDecider, opened(), [absorbed, NOON]);
    told.when(release(1), { at: after(8), since: NOON }).thenRefused('ticket.unmerge-too-late');
    const late = told.state({ at: after(7), since: NOON });
    expect(ticketDecider.decide(release(1), late, { actor: 'member:m1', now: Date.parse(after(7)) })).toHaveLength(1);
  });

  it('clears away what a refused merge left, whatever has become of it', () => {
    const told = given(ticketDecider, opened(), absorbed, requested, merged);
    const clear = (mergeId: string): commands.ReleaseTicket => new commands.ReleaseTicket(TICKET, 't3', [], 0, mergeId);
    told.when(clear('x9')).thenNothing();
    expect(ticketDecider.decide(clear('x3'), told.state(), { actor: 'system:x', now: 0 })).toMatchObject([
      { type: 'Released', data: { mergeId: 'x3' } },
    ]);
  });
});

describe('the source of an unmerge', () => {
  const complete = new commands.CompleteUnmerge(TICKET, 'x1', ['e7'], EARLIER);
  const back = { mergeId: 'x1', target, from: 'merged', group: [TICKET], messages: ['e7'] } as const;

  it('is back where it was, with the messages that came meanwhile', () => {
    given(ticketDecider, opened(), requested, merged)
      .when(complete)
      .then({
        type: 'Unmerged',
        data: { ...back, waitingSince: EARLIER, status: 'open', until: null, closeAt: null },
      });
  });

  it('waits again for the instant it waited for, unless that has passed', () => {
    const pended: TicketEvent = { type: 'TicketPended', data: { from: 'open', until: after(3) } };
    const away = [requested, { ...merged, data: { ...merged.data, from: 'pending' } } as TicketEvent];
    given(ticketDecider, opened(), pended, ...away)
      .when(complete, { at: after(1) })
      .then({
        type: 'Unmerged',
        data: { ...back, waitingSince: EARLIER, status: 'pending', until: after(3), closeAt: null },
      });
    given(ticketDecider, opened(), pended, ...away)
      .when(complete, { at: after(4) })
      .then({ type: 'Unmerged', data: { ...back, waitingSince: EARLIER, status: 'open', until: null, closeAt: null } });
  });

  it('is closed when it would have been, if it comes back solved', () => {
    const solved = solvedAt(NOON);
    given(ticketDecider, opened(), solved, requested, {
      ...merged,
      data: { ...merged.data, from: 'solved' },
    })
      .when(complete)
      .then({
        type: 'Unmerged',
        data: { ...back, waitingSince: null, status: 'solved', until: null, closeAt: solved.data.closeAt },
      });
  });

  it('comes back once, and from that merge only', () => {
    given(ticketDecider, opened()).when(complete).thenNothing();
    given(ticketDecider, opened(), requested, merged)
      .when(new commands.CompleteUnmerge(TICKET, 'x2', [], null))
      .thenNothing();
  });
});
