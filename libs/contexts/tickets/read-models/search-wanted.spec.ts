import { parseSearch } from './search-syntax.js';
import { namesIn, type SearchAsker, type SearchWanted, searchWanted } from './search-wanted.js';

const ME = '00000000-0000-7000-8000-0000000000aa';
const TEAM = '00000000-0000-7000-8000-0000000000bb';
const asker: SearchAsker = {
  now: Date.parse('2026-03-02T12:00:00Z'),
  memberId: ME,
  members: new Map([['Ada', ['m1', 'm2']]]),
  teams: new Map([['Second line', [TEAM]]]),
};
const wanted = (query: string): SearchWanted => searchWanted(parseSearch(query), asker);
const removed = { column: 'status', is: 'in', values: ['spam', 'trashed', 'merged'], not: true };
const filters = (query: string): unknown =>
  wanted(query).filters.filter((filter) => JSON.stringify(filter) !== JSON.stringify(removed));

describe('what Postgres is asked', () => {
  it.each([
    ['printer', `'printer'`],
    ['printer fire', `'printer' & 'fire'`],
    ['fire printer -smoke', `'fire' & 'printer' & !('smoke')`],
    ['ab', `'ab'`],
    ['"on fire"', `('on' <-> 'fire')`],
    ['-"on fire"', `!(('on' <-> 'fire'))`],
    ['a-team x', `('a' <-> 'team') & 'x'`],
    ['tag:VIP,"On fire"', `('tag:on-fire' | 'tag:vip')`],
    [`tag:"a'b"`, `('tag:a''b')`],
    ['-has:tag', `!('tag:':*)`],
    ['#1042', `'1042'`],
  ])('%s: words %s', (query, words) => {
    expect(wanted(query).words).toBe(words);
  });

  it('asks for no words when there are none', () => {
    expect(wanted('status:open …')).not.toHaveProperty('words');
  });

  it('goes on to beginnings and parts of words only when all that is asked for are words', () => {
    expect(wanted('print fire')).toMatchObject({ beginnings: `'print' & 'fire':*`, parts: ['%print%', '%fire%'] });
    expect(wanted('50%_').parts).toEqual([String.raw`%50\%\_%`]);
    for (const query of ['pr', 'print-fire', 'print -fire', 'print tag:vip', '"print"', 'tag:vip']) {
      expect(wanted(query)).not.toHaveProperty('parts');
    }
  });

  it.each([
    ['status:open', [{ column: 'status', is: 'in', values: ['open'], not: false }]],
    ['-status:unsolved', [{ column: 'status', is: 'in', values: ['new', 'open', 'pending', 'on_hold'], not: true }]],
    ['priority>=high', [{ column: 'priority', is: 'in', values: [2, 3], not: false }]],
    ['priority>high', [{ column: 'priority', is: 'in', values: [3], not: false }]],
    ['priority<normal', [{ column: 'priority', is: 'in', values: [0], not: false }]],
    ['priority<=normal', [{ column: 'priority', is: 'in', values: [0, 1], not: false }]],
    ['priority:low,urgent', [{ column: 'priority', is: 'in', values: [0, 3], not: false }]],
    ['assignee:me,none', [{ column: 'assignee_id', is: 'in', values: [ME], orEmpty: true, not: false }]],
    ['assignee:Ada', [{ column: 'assignee_id', is: 'in', values: ['m1', 'm2'], orEmpty: false, not: false }]],
    ['assignee:Nobody', [{ column: 'assignee_id', is: 'in', values: [], orEmpty: false, not: false }]],
    ['team:"Second line"', [{ column: 'team_id', is: 'in', values: [TEAM], orEmpty: false, not: false }]],
    [`-team:${TEAM}`, [{ column: 'team_id', is: 'in', values: [TEAM], orEmpty: false, not: true }]],
    [`requester:${ME}`, [{ column: 'requester_id', is: 'in', values: [ME], not: false }]],
    ['has:assignee', [{ column: 'assignee_id', is: 'empty', not: true }]],
    ['-has:external', [{ column: 'external_id', is: 'empty', not: false }]],
    ['external:INC1', [{ column: 'external_id', is: 'in', values: ['INC1'], not: false }]],
    ['number:7', [{ column: 'number', is: 'in', values: [7], not: false }]],
    ['created>now-7d', [{ column: 'opened_at', is: 'within', values: ['2026-02-23T12:00:00.001Z', null], not: false }]],
    [
      'created>=now-2h',
      [{ column: 'opened_at', is: 'within', values: ['2026-03-02T10:00:00.000Z', null], not: false }],
    ],
    [
      '-updated:2026-01-31',
      [
        {
          column: 'updated_at',
          is: 'within',
          values: ['2026-01-31T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
          not: true,
        },
      ],
    ],
    [
      'updated<2026-01-31',
      [{ column: 'updated_at', is: 'within', values: [null, '2026-01-31T00:00:00.000Z'], not: false }],
    ],
    [
      'updated<=2026-01-31',
      [{ column: 'updated_at', is: 'within', values: [null, '2026-02-01T00:00:00.000Z'], not: false }],
    ],
    [
      'updated>2026-01-31',
      [{ column: 'updated_at', is: 'within', values: ['2026-02-01T00:00:00.000Z', null], not: false }],
    ],
  ])('%s: filters', (query, expected) => {
    expect(filters(query)).toEqual(expected);
  });

  it('leaves removed tickets out unless a status is asked for', () => {
    expect(wanted('fire').filters).toEqual([removed]);
    expect(wanted('-status:open').filters).toContainEqual(removed);
    expect(wanted('status:trashed').filters).not.toContainEqual(removed);
  });

  it('finds requesters by parts of their name or address', () => {
    expect(wanted('requester:Müll -requester:ada').requesters).toEqual([
      { like: '%mull%', not: false },
      { like: '%ada%', not: true },
    ]);
  });

  it('tells which names have to be looked up', () => {
    expect(namesIn(parseSearch(`assignee:Ada,me,${ME} team:"Second line",none`))).toEqual({
      members: ['Ada'],
      teams: ['Second line'],
    });
  });
});
