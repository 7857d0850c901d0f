import { TestBed } from '@angular/core/testing';
import { HttpTestingController } from '@angular/common/http/testing';
import { asked, deskProviders, settled, signedInAgent } from '../testing/api-at-hand';
import type { LineAtHand } from '../testing/api-at-hand';
import { entryOf, ticketOf } from '../testing/tickets';
import { CurrentTicket } from './current-ticket';

describe('the story of the open ticket', () => {
  let line: LineAtHand;
  let current: CurrentTicket;

  const readAt = async (version: number): Promise<void> => {
    const data = Array.from({ length: version + 1 }, (_, revision) => entryOf(version - revision));
    asked('/tickets/t1').flush({
      ...ticketOf({ version }),
      timeline: { data, page: { next: null, hasMore: false } },
    });
    await settled();
  };
  const shown = (): number[] => current.timeline().map(({ revision }) => revision);

  beforeEach(async () => {
    const desk = deskProviders();
    line = desk.line;
    TestBed.configureTestingModule(desk);
    await signedInAgent();
    current = TestBed.inject(CurrentTicket);
    current.open('t1');
  });

  afterEach(() => {
    TestBed.inject(HttpTestingController).verify();
  });

  it('is read again when something was written between the reading and the watching', async () => {
    await readAt(1);
    line.watching.next({ ticketId: 't1', version: 3 });
    await readAt(3);
    expect(shown()).toEqual([0, 1, 2, 3]);
  });

  it('is read again when the watch stood first and the reading came late', async () => {
    line.watching.next({ ticketId: 't1', version: 2 });
    await readAt(1);
    await readAt(2);
    expect(shown()).toEqual([0, 1, 2]);
  });

  it('is read again until it holds what was written before the watching, though the ticket itself already does', async () => {
    await readAt(0);
    line.watching.next({ ticketId: 't1', version: 1 });
    asked('/tickets/t1').flush({
      ...ticketOf({ version: 1 }),
      timeline: { data: [entryOf(0)], page: { next: null, hasMore: false } },
    });
    await settled();
    await readAt(1);
    expect(shown()).toEqual([0, 1]);
  });

  it('misses nothing that was pushed before it was read', async () => {
    line.watching.next({ ticketId: 't1', version: 1 });
    line.entries.next({ stream: 'ticket-t1', version: 2, position: 'p', entry: entryOf(2) });
    await readAt(1);
    await readAt(2);
    expect(shown()).toEqual([0, 1, 2]);
  });

  it('leads to its older pages, also when its newest entry was pushed before it was read', async () => {
    line.entries.next({ stream: 'ticket-t1', version: 60, position: 'p', entry: entryOf(60) });
    asked('/tickets/t1').flush({
      ...ticketOf({ version: 60 }),
      timeline: { data: [entryOf(60)], page: { next: 'cursor', hasMore: true } },
    });
    await settled();
    expect(current.hasOlder()).toBe(true);
  });

  it('keeps what was pushed while it was read again', async () => {
    await readAt(1);
    void current.read();
    line.entries.next({ stream: 'ticket-t1', version: 2, position: 'p', entry: entryOf(2) });
    await readAt(1);
    expect(shown()).toEqual([0, 1, 2]);
  });

  it('is read anew when another ticket was merged into it, in the order of all their lines', async () => {
    await readAt(1);
    const entry = entryOf(2, { type: 'Absorbed', kind: 'fact' });
    line.entries.next({ stream: 'ticket-t1', version: 2, position: 'p', entry });
    const other = (revision: number, at: string): ReturnType<typeof entryOf> =>
      entryOf(revision, { id: `o${String(revision)}`, ticketId: 't0', at });
    const data = [other(1, '2026-11-20T09:31:00.000Z'), entry, entryOf(0), other(0, '2026-11-20T09:00:00.000Z')];
    asked('/tickets/t1').flush({
      ...ticketOf({ version: 2, mergedTickets: [{ ticketId: 't0', number: 1041 }] }),
      timeline: { data, page: { next: null, hasMore: false } },
    });
    await settled();
    expect(current.timeline().map(({ id }) => id)).toEqual([...data].reverse().map(({ id }) => id));
    line.entries.next({
      stream: 'ticket-t1',
      version: 3,
      position: 'p',
      entry: entryOf(3, { at: '2026-11-20T10:00:00.000Z' }),
    });
    expect(current.timeline().map(({ id }) => id)).toEqual(['o0', 'e0', 'e2', 'o1', 'e3']);
  });

  it('is not read again when nothing was missed, or another ticket is meant', async () => {
    await readAt(2);
    line.watching.next({ ticketId: 't1', version: 2 });
    line.watching.next({ ticketId: 't2', version: 9 });
    expect(shown()).toEqual([0, 1, 2]);
  });
});
