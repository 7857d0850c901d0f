import { TestBed } from '@angular/core/testing';
import { summaryOf } from '../testing/tickets';
import { asked, deskProviders, settled, signedInAgent } from '../testing/api-at-hand';
import type { LineAtHand } from '../testing/api-at-hand';
import { TicketList } from './ticket-list';

const page = (ids: readonly string[], next: string | null = null): object => ({
  data: ids.map((id) => summaryOf({ id, version: 4 })),
  page: { next, hasMore: next !== null },
});

describe('TicketList', () => {
  let line: LineAtHand;
  let list: TicketList;

  const change = (id: string, version: number, patch: object): void => {
    line.changes.next({
      type: 'X',
      stream: `ticket-${id}`,
      version,
      position: `p${version}`,
      at: '2026-11-20T10:00:00Z',
      patch,
    });
  };
  const ids = (): readonly string[] => list.rows().map((row) => row.id);

  beforeEach(async () => {
    const desk = deskProviders();
    line = desk.line;
    TestBed.configureTestingModule(desk);
    await signedInAgent();
    list = TestBed.inject(TicketList);
    list.ask({ view: 'all_open' });
    asked('/tickets').flush(page(['a', 'b'], 'cursor-1'));
    await settled();
  });

  it('asks for the view, and appends the next page once', async () => {
    void list.more();
    void list.more();
    const next = asked('/tickets');
    expect(next.request.params.get('after')).toBe('cursor-1');
    next.flush(page(['b', 'c']));
    await settled();
    expect(ids()).toEqual(['a', 'b', 'c']);
    await list.more();
    expect(ids()).toEqual(['a', 'b', 'c']);
  });

  it('patches a row in place, and ignores what it already knows', () => {
    change('b', 5, { priority: 'urgent' });
    change('b', 3, { priority: 'low' });
    expect(ids()).toEqual(['a', 'b']);
    expect(list.rows()[1]).toMatchObject({ priority: 'urgent', version: 5 });
  });

  it('keeps a row that left the view in its place, marked', () => {
    change('a', 5, { status: 'solved' });
    expect(ids()).toEqual(['a', 'b']);
    expect(list.rows().map((row) => list.left(row))).toEqual([true, false]);
  });

  it('lets newcomers wait, each counted once, until the list is read again', async () => {
    change('new', 0, { status: 'new', assigneeId: null });
    change('new', 1, { status: 'open' });
    expect(list.waiting()).toBe(1);
    expect(ids()).toEqual(['a', 'b']);
    void list.refresh();
    const request = asked('/tickets');
    expect(request.request.headers.get('Ledger-Position')).toBe('p1');
    request.flush(page(['new', 'a']));
    await settled();
    expect(list.waiting()).toBe(0);
    expect(ids()).toEqual(['new', 'a']);
  });

  it('keeps what was pushed while it was being read', async () => {
    void list.refresh();
    change('a', 5, { priority: 'urgent' });
    change('a', 6, { subject: 'Another address' });
    change('new', 0, { status: 'new', assigneeId: null });
    asked('/tickets').flush(page(['a', 'b']));
    await settled();
    expect(list.rows()[0]).toMatchObject({ version: 6, priority: 'urgent', subject: 'Another address' });
    expect(list.waiting()).toBe(1);
  });

  it('no longer announces a newcomer that went again', () => {
    change('new', 0, { status: 'new' });
    change('new', 1, { status: 'solved' });
    expect(list.waiting()).toBe(0);
  });

  it('drops an answer that was overtaken by the next question', async () => {
    list.ask({ view: 'all_open', q: 'first' });
    const first = asked('/tickets');
    list.ask({ view: 'all_open', q: 'second' });
    const second = asked('/tickets');
    second.flush(page(['second']));
    first.flush(page(['first']));
    await settled();
    expect(ids()).toEqual(['second']);
  });

  it('says why it could not be read, and reads again after a resync', async () => {
    list.ask({ view: 'mine' });
    asked('/tickets').flush({ code: 'unavailable', detail: 'Later.' }, { status: 503, statusText: 'x' });
    await settled();
    expect(list.problem()).toMatchObject({ code: 'unavailable' });
    line.resync.next();
    asked('/tickets').flush(page(['a']));
    await settled();
    expect(list.problem()).toBeUndefined();
    expect(ids()).toEqual(['a']);
  });
});
