import { createHash } from 'node:crypto';
import { NOTHING_BEFORE } from './chain.mjs';
import { judgeClocks } from './clocks.mjs';
import { auditor } from './ledger.mjs';
import { scheduledReplies } from './scheduled.mjs';
import { timers } from './timers.mjs';
import { judgeWindows } from './windows.mjs';

/** A small ledger of one stream, chained as docs/ledger-format.md says. */
function ledger(count) {
  let previousHash = NOTHING_BEFORE;
  return Array.from({ length: count }, (_, revision) => {
    const event = {
      order: String(revision + 1),
      stream: 'ticket-0_1',
      revision,
      id: `event-${revision}`,
      workspace: 'w',
      type: revision === 0 ? 'TicketOpened' : 'NoteAdded',
      data: '{"number":1}',
    };
    const text =
      `{"data":${event.data},"id":"${event.id}","metadata":{"previousHash":"${previousHash}"},` +
      `"revision":${revision},"stream":"${event.stream}","type":"${event.type}"}`;
    const hash = createHash('sha256').update(`ledgerdesk:event:v1\n${text}`).digest('hex');
    const metadata = JSON.stringify({ hash, previousHash });
    previousHash = hash;
    return { ...event, metadata };
  });
}

const assertions = (findings) => [...new Set(findings.map(({ assertion }) => assertion))].sort();

describe('the audit of the ledger', () => {
  it('finds nothing wrong with one that is as it was written, however it is read', () => {
    const events = ledger(4);
    const audit = auditor();
    expect([...audit(events.slice(0, 2), 2), ...audit(events.slice(2), 4), ...audit([], 4)]).toEqual([]);
  });

  it.each([
    ['a byte that changed', ([first, ...rest]) => [{ ...first, data: '{"number":2}' }, ...rest], ['chain-verifies']],
    ['an event that is missing', ([first, , ...rest]) => [first, ...rest], ['chain-verifies', 'revisions-dense']],
    [
      'an event that is there twice',
      ([first, second]) => [first, second, { ...second, order: '9' }],
      ['chain-verifies', 'event-ids-unique', 'revisions-dense'],
    ],
    [
      'two events that changed places',
      ([first, second, third]) => [first, third, second],
      ['chain-verifies', 'positions-increase', 'revisions-dense'],
    ],
    [
      'a number that was given twice',
      ([first, ...rest]) => [
        first,
        ...rest.map((event) => (event.revision === 1 ? { ...event, type: 'TicketOpened' } : event)),
      ],
      ['chain-verifies', 'ticket-numbers-unique'],
    ],
  ])('finds %s', (_, change, expected) => {
    const events = change(ledger(3));
    expect(assertions(auditor()(events, events.length))).toEqual(expected);
  });

  it('finds events that are gone again', () => {
    const audit = auditor();
    audit(ledger(3), 3);
    expect(assertions(audit([], 2))).toEqual(['ledger-only-grows']);
  });
});

describe('timers', () => {
  const until = '2026-11-20T12:00:00.000Z';
  const pended = { type: 'TicketPended', id: 'p', stream: 't', data: JSON.stringify({ until }), metadata: '{}' };
  const woken = (recordedAt, causationId = 'p') => ({
    type: 'TicketWoken',
    stream: 't',
    metadata: JSON.stringify({ causationId, recordedAt }),
  });

  it('go off once, at their time', () => {
    const alarms = timers();
    expect(alarms.take([pended])).toEqual([]);
    expect(alarms.open()).toEqual(['t']);
    expect(alarms.take([woken(until)])).toEqual([]);
    expect(alarms.open()).toEqual([]);
  });

  it.each([
    ['twice', [pended, woken(until), woken(until)]],
    ['early', [pended, woken('2026-11-20T11:59:50.000Z')]],
    ['for nothing', [woken(until, 'another')]],
  ])('are found to go off %s', (_, events) => {
    expect(assertions(timers().take(events))).toEqual(['effects-once']);
  });
});

describe('replies that are sent later', () => {
  const at = Date.parse('2026-11-20T12:00:00.000Z');
  const lines = [
    { op: 'r0-1', phase: 'begin', later: { ticket: 't', at } },
    { op: 'r0-1', phase: 'ok' },
  ];
  const sentAt = (recordedAt) => ({
    type: 'PublicReplySent',
    stream: 'ticket-0_t',
    metadata: JSON.stringify({ recordedAt }),
  });
  const inTime = sentAt('2026-11-20T12:00:01.000Z');

  it('are sent once, at their time, when they were acknowledged', () => {
    const replies = scheduledReplies();
    expect(replies.take(lines, [])).toEqual([]);
    expect(replies.open()).toEqual(['r0-1']);
    expect(replies.take([], [inTime])).toEqual([]);
    expect(replies.open()).toEqual([]);
    const refused = scheduledReplies();
    refused.take([lines[0], { op: 'r0-1', phase: 'fail' }], []);
    expect(refused.open()).toEqual([]);
  });

  it.each([
    ['twice', [inTime, inTime]],
    ['early', [sentAt('2026-11-20T11:59:50.000Z')]],
  ])('are found to be sent %s', (_, events) => {
    expect(assertions(scheduledReplies().take(lines, events))).toEqual(['effects-once']);
  });
});

describe('what is heard and when', () => {
  const window = { what: 'w', assertion: 'others-go-on', from: 10, to: 20, nodes: ['api-a'], least: 1 };

  it('counts answers of the node within the time', () => {
    expect(judgeWindows([{ at: 15, node: 'api-a', phase: 'ok' }], [window])).toEqual([]);
    for (const line of [
      { at: 25, node: 'api-a', phase: 'ok' },
      { at: 15, node: 'api-b', phase: 'ok' },
      { at: 15, node: 'api-a', phase: 'unknown' },
    ])
      expect(assertions(judgeWindows([line], [window]))).toEqual(['others-go-on']);
  });

  it('refuses times of another round', () => {
    const at = (instant) => [{ stream: 's', revision: 0, metadata: JSON.stringify({ recordedAt: instant }) }];
    const [from, to] = [Date.parse('2026-11-20T12:00:00Z'), Date.parse('2026-11-20T12:00:10Z')];
    expect(judgeClocks(at('2026-11-20T12:00:05Z'), from, to)).toEqual([]);
    expect(assertions(judgeClocks(at('2026-11-20T12:02:05Z'), from, to))).toEqual(['clocks-agree']);
  });
});
