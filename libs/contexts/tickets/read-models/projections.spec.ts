import fc from 'fast-check';
import { ERASED, Personal, type Recorded } from '@ledgerdesk/kernel';
import type { Projection, ProjectionRow } from '@ledgerdesk/read-store';
import { about, KEY, opened, recorded, solvedAt, TICKET, WORKSPACE } from '../domain/ticket-stories.fixture.js';
import type { TicketView } from '../domain/ticket-view.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { inbox } from './inbox.projection.js';
import { search } from './search.projection.js';
import { timeline } from './timeline.projection.js';

function rowsOf<Row extends ProjectionRow>(
  projection: Projection<Row>,
  events: readonly Recorded<TicketEvent>[],
): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  for (const event of events) {
    for (const key of projection.keysOf(event)) {
      const row = projection.apply(rows.get(key), event, key);
      if (row) rows.set(key, row);
    }
  }
  return rows;
}

const told = (...events: TicketEvent[]): readonly Recorded<TicketEvent>[] => recorded([opened(), ...events]);
const found = (...events: TicketEvent[]): string => rowsOf(search, told(...events)).get(TICKET)?.words ?? '';

describe('inbox', () => {
  it('is one row per ticket, with what lists need in columns', () => {
    const events = told(
      { type: 'TicketPrioritised', data: { priority: 'urgent', from: 'normal' } },
      { type: 'TicketPended', data: { from: 'new', until: null } },
    );
    const rows = rowsOf(inbox, events);
    expect(rows.size).toBe(1);
    expect(rows.get(TICKET)).toMatchObject({
      id: TICKET,
      workspaceId: WORKSPACE,
      number: 1042,
      status: 'pending',
      active: true,
      priority: 3,
      version: 2,
      position: '3',
      updatedAt: new Date('2026-03-02T12:00:02.000Z'),
    });
    const view = JSON.parse(rows.get(TICKET)?.view ?? '') as TicketView;
    expect(view).toMatchObject({ status: 'pending', priority: 'urgent', version: 2 });
    expect(view).toMatchObject(JSON.parse(rows.get(TICKET)?.summary ?? '') as object);
  });

  it.each<[string, TicketEvent, boolean]>([
    ['on_hold', { type: 'TicketHeld', data: { from: 'open' } }, true],
    ['solved', solvedAt(), false],
    ['spam', { type: 'TicketMarkedSpam', data: { from: 'open' } }, false],
  ])('knows whether %s is active', (status, event, active) => {
    expect(rowsOf(inbox, told(event)).get(TICKET)).toMatchObject({ status, active });
  });

  it('has no row for a stream without a beginning', () => {
    expect(rowsOf(inbox, told(solvedAt()).slice(1)).size).toBe(0);
  });
});

describe('timeline', () => {
  it('is one row per event, found by the ticket and its revision', () => {
    const events = told({ type: 'NoteAdded', data: { body: about('Psst.') } });
    const rows = [...rowsOf(timeline, events).values()];
    expect(rows.map(({ id, ticketId, revision }) => [id, ticketId, revision])).toEqual(
      events.map(({ id, revision }) => [id, TICKET, revision]),
    );
    expect(JSON.parse(rows[1]?.entry ?? '')).toMatchObject({ kind: 'note', text: 'Psst.' });
  });
});

describe('search', () => {
  it('holds the words of everything that was written, and keeps texts apart', () => {
    expect(found()).toBe(
      "'1042':1 'ada':6 'lovelace':7 'ada':10 'example':11 'org':12 'printer':15 'on':16 'fire':17 'it':20 'burns':21",
    );
    expect(found({ type: 'NoteAdded', data: { body: about('Really?') } })).toMatch(/ 'burns':21 'really':24$/);
  });

  it('adds and removes tags, whatever they are called', () => {
    const tags = ["it's", String.raw`a\b`];
    const tagged: TicketEvent = { type: 'TicketTagged', data: { tags } };
    expect(found(tagged)).toContain(String.raw` 'tag:it''s' 'tag:a\\b'`);
    expect(found(tagged, { type: 'TicketUntagged', data: { tags } })).toBe(found());
  });

  it('does not care for events without a text', () => {
    const events = told(solvedAt());
    expect(events.map((event) => search.keysOf(event).length)).toEqual([1, 0]);
  });

  it('follows the subject for parts of words', () => {
    const rows = rowsOf(search, told({ type: 'TicketRenamed', data: { subject: about('Plötter') } }));
    expect(rows.get(TICKET)).toMatchObject({ subject: 'plotter', requester: 'ada lovelace ada@example.org' });
  });

  it('holds nothing of an erased person', () => {
    const gone = new Personal(KEY, ERASED);
    const requester = { customerId: KEY, keyId: KEY, name: gone, address: gone };
    const rows = rowsOf(search, recorded([opened({ subject: gone, body: gone, requester })]));
    expect(rows.get(TICKET)).toMatchObject({ words: "'1042':1", subject: '', requester: '' });
  });

  it('stops before Postgres does', () => {
    const long = about(Array.from({ length: 30_000 }, (_, index) => `w${String(index)}`).join(' '));
    const note: TicketEvent = { type: 'NoteAdded', data: { body: long } };
    const words = found(note, note, note).split(' ');
    const places = words.flatMap((word) => (word.includes(':') ? Number(word.split(':')[1]) : []));
    expect(words.length).toBeLessThanOrEqual(50_000);
    expect(Math.max(...places)).toBeLessThanOrEqual(16_383);
  });
});

it('gives the same rows whether the pages of events are long or short', () => {
  const messages = fc.array(fc.constantFrom('It burns.', 'Müller', 'printer on fire'), { maxLength: 8 });
  fc.assert(
    fc.property(messages, (texts) => {
      const events = told(...texts.map((text): TicketEvent => ({ type: 'NoteAdded', data: { body: about(text) } })));
      for (const projection of [inbox, search]) {
        const whole = rowsOf(projection as Projection<ProjectionRow>, events).get(TICKET);
        // As a runner with a short page does it: the row goes to Postgres and back in between.
        const again = JSON.parse(JSON.stringify(whole)) as ProjectionRow;
        const last = events.at(-1);
        if (!last || events.length < 2) return;
        const before = rowsOf(projection as Projection<ProjectionRow>, events.slice(0, -1)).get(TICKET);
        const stored = JSON.parse(JSON.stringify(before)) as ProjectionRow;
        const next = (projection as Projection<ProjectionRow>).apply(stored, last, TICKET);
        expect(JSON.parse(JSON.stringify(next))).toEqual(again);
      }
    }),
  );
});
