import { entryOf } from '../../testing/tickets';
import { undoable } from './undoable';

const AT = '2026-11-20T09:30:00.000Z';
const MINUTE = 60_000;

describe('an undo is offered', () => {
  const fact = (more: object = {}): ReturnType<typeof entryOf> =>
    entryOf(2, { kind: 'fact', type: 'TicketAssigned', actor: 'member:me', at: AT, recordedAt: AT, ...more });
  const after = (minutes: number, entry = fact()): boolean => undoable(entry, 'me', Date.parse(AT) + minutes * MINUTE);

  it('for a day for what one has done, and for ten minutes for what others did', () => {
    expect([after(0), after(1440), after(1441)]).toEqual([true, true, false]);
    const theirs = fact({ actor: 'member:other' });
    expect([after(10, theirs), after(11, theirs)]).toEqual([true, false]);
  });

  it('neither for what was said or imported, nor for what a customer or a timer did', () => {
    const none = [
      { type: 'PublicReplySent' },
      { type: 'TicketClosed' },
      { imported: true },
      { actor: 'customer:c' },
      { actor: 'system:wake-pended-ticket', type: 'TicketWoken' },
    ];
    expect(none.map((more) => after(0, fact(more)))).toEqual(none.map(() => false));
  });
});
