import { DomainError } from '@ledgerdesk/kernel';
import { given } from '@ledgerdesk/testing';
import { messagesSeen } from './messages-seen.js';
import { refuseTooMany, refuseUnlessWaiting, REPLY_STATES, sendAtOf, stateAfterRefusal } from './scheduled-reply.js';
import { about, opened, recorded, TICKET } from './ticket-stories.fixture.js';
import { SendPublicReply } from './ticket.commands.js';
import { ticketDecider } from './ticket.decider.js';
import type { TicketEvent } from './ticket.events.js';

const NOW = Date.parse('2026-03-02T12:00:00.000Z');
const reply: TicketEvent = { type: 'PublicReplySent', data: { body: about('Hello') } };
const message: TicketEvent = { type: 'CustomerMessageReceived', data: { body: about('Hi'), channel: 'web' } };

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'allowed';
}

describe('the time of a reply', () => {
  it('is when it can not be taken back any more, or what was chosen within a year', () => {
    expect(sendAtOf(undefined, NOW, 10).toISOString()).toBe('2026-03-02T12:00:10.000Z');
    expect(sendAtOf('2026-03-02T15:00:00+02:00', NOW, 10).toISOString()).toBe('2026-03-02T13:00:00.000Z');
    expect(codeOf(() => sendAtOf('2026-03-02T12:00:00.000Z', NOW, 0))).toBe('scheduled-reply.send-at-past');
    expect(codeOf(() => sendAtOf('2027-03-03T12:00:00.000Z', NOW, 0))).toBe('allowed');
    expect(codeOf(() => sendAtOf('2027-03-03T12:00:00.001Z', NOW, 0))).toBe('scheduled-reply.send-at-too-far');
  });
});

describe('a reply that waits', () => {
  it('is its author’s until a worker has taken it', () => {
    const outcomes = REPLY_STATES.map((state) =>
      codeOf(() => {
        refuseUnlessWaiting(state);
      }),
    );
    expect(outcomes).toEqual(['allowed', 'scheduled-reply.sending', 'allowed', 'allowed', 'scheduled-reply.sent']);
    expect(
      codeOf(() => {
        refuseUnlessWaiting('sending', { sending: true });
      }),
    ).toBe('allowed');
  });

  it('is one of ten in a ticket and a hundred in all', () => {
    const attempt = (inTicket: number, ofMember: number): string =>
      codeOf(() => {
        refuseTooMany({ inTicket, ofMember });
      });
    expect([attempt(9, 99), attempt(10, 10), attempt(0, 100)]).toEqual([
      'allowed',
      'scheduled-reply.too-many',
      'scheduled-reply.too-many',
    ]);
  });

  it('is held for what arrived, and comes back for everything else', () => {
    expect(stateAfterRefusal('ticket.new-message')).toBe('held');
    expect(stateAfterRefusal('ticket.closed')).toBe('failed');
  });
});

describe('what a writer has seen', () => {
  it('counts their own replies, and refuses what others or customers wrote after the version', () => {
    const mine = recorded([opened(), message, reply], { actor: 'member:m1' });
    expect(messagesSeen(mine, 1, 'member:m1')).toBe(2);
    expect(codeOf(() => messagesSeen(mine, 0, 'member:m1'))).toBe('ticket.new-message');
    expect(messagesSeen(mine, 2, 'member:m2')).toBe(2);
    expect(codeOf(() => messagesSeen(mine, 1, 'member:m2'))).toBe('ticket.new-message');
    expect(messagesSeen(recorded([opened()]), 0, 'member:m1')).toBe(0);
  });

  it('is checked again when the reply is decided', () => {
    const sent = (seen?: number): SendPublicReply => new SendPublicReply(TICKET, 'Hello', undefined, seen);
    given(ticketDecider, opened(), message).when(sent(0)).thenRefused('ticket.new-message');
    given(ticketDecider, opened(), message, reply).when(sent(1)).thenRefused('ticket.new-message');
    for (const seen of [1, 2, undefined]) {
      given(ticketDecider, opened(), { type: 'WorkStarted', data: { from: 'new' } }, message)
        .when(sent(seen))
        .then(reply);
    }
  });
});
