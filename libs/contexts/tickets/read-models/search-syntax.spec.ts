import fc from 'fast-check';
import { printSearch, parseSearch, SearchSyntaxError } from './search-syntax.js';
import type { SearchTerm } from './search-terms.js';

const yes = { not: false } as const;

function refusal(query: string): Partial<SearchSyntaxError> {
  try {
    parseSearch(query);
  } catch (error) {
    if (error instanceof SearchSyntaxError) return { code: error.code, offset: error.offset };
    throw error;
  }
  return {};
}

/** Scraps that bring the parser into its corners. */
const scrap = fc.oneof(
  fc.constantFrom(
    'status:',
    'priority>=',
    'created>',
    'now-7d',
    'team:',
    '"',
    '\\',
    '-',
    ',',
    ' ',
    '\u3000',
    ':',
    '>=',
    'open',
    '#12',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

describe('the search syntax', () => {
  it.each<[string, readonly SearchTerm[]]>([
    [
      'printer  fire',
      [
        { kind: 'word', text: 'printer', ...yes },
        { kind: 'word', text: 'fire', ...yes },
      ],
    ],
    ['-printer', [{ kind: 'word', text: 'printer', not: true }]],
    [
      '"exact words" -"not these"',
      [
        { kind: 'phrase', text: 'exact words', ...yes },
        { kind: 'phrase', text: 'not these', not: true },
      ],
    ],
    ['status:open,pending', [{ kind: 'status', values: ['open', 'pending'], ...yes }]],
    [
      '-status:closed STATUS:Unsolved',
      [
        { kind: 'status', values: ['closed'], not: true },
        { kind: 'status', values: ['unsolved'], ...yes },
      ],
    ],
    ['priority>=high', [{ kind: 'priority', operator: '>=', values: ['high'], ...yes }]],
    ['tag:vip,"on fire"', [{ kind: 'tag', values: ['vip', 'on fire'], ...yes }]],
    ['created>now-7d', [{ kind: 'created', operator: '>', when: { kind: 'age', amount: 7, unit: 'd' }, ...yes }]],
    ['updated<=2026-01-31', [{ kind: 'updated', operator: '<=', when: { kind: 'day', day: '2026-01-31' }, ...yes }]],
    ['created:2026-01-31', [{ kind: 'created', operator: ':', when: { kind: 'day', day: '2026-01-31' }, ...yes }]],
    [
      'created<2026-01-31T08:00:00+02:00',
      [{ kind: 'created', operator: '<', when: { kind: 'instant', instant: '2026-01-31T08:00:00+02:00' }, ...yes }],
    ],
    ['assignee:me,none', [{ kind: 'assignee', values: [{ kind: 'me' }, { kind: 'none' }], ...yes }]],
    [
      String.raw`team:"Second \"line\""`,
      [{ kind: 'team', values: [{ kind: 'named', name: 'Second "line"' }], ...yes }],
    ],
    ['team:me', [{ kind: 'team', values: [{ kind: 'named', name: 'me' }], ...yes }]],
    ['requester:ada@example.org', [{ kind: 'requester', value: 'ada@example.org', ...yes }]],
    ['number:#12,13', [{ kind: 'number', values: [12, 13], ...yes }]],
    [
      'has:tag -has:assignee',
      [
        { kind: 'has', value: 'tag', ...yes },
        { kind: 'has', value: 'assignee', not: true },
      ],
    ],
    ['channel:email', [{ kind: 'channel', values: ['email'], ...yes }]],
    [
      '12:30 #1042 a-b',
      [
        { kind: 'word', text: '12:30', ...yes },
        { kind: 'word', text: '#1042', ...yes },
        { kind: 'word', text: 'a-b', ...yes },
      ],
    ],
    [' - "" ', []],
  ])('reads %s', (query, terms) => {
    expect(parseSearch(query)).toEqual(terms);
  });

  it.each([
    ['colour:red', 'search.unknown-field', 0],
    ['fire re:printer', 'search.unknown-field', 5],
    ['status:broken', 'search.value', 7],
    ['status:', 'search.value', 7],
    ['status:open,', 'search.value', 12],
    ['tag:""', 'search.value', 6],
    ['status>open', 'search.operator', 0],
    ['created:now-7d', 'search.operator', 0],
    ['created>yesterday', 'search.value', 8],
    ['created>2026-02-31', 'search.value', 8],
    ['created>2026-01-31T99:00:00Z', 'search.value', 8],
    ['created>2026-01-01,2026-01-02', 'search.value', 8],
    ['has:tag,team', 'search.value', 4],
    ['number:12x', 'search.value', 7],
    ['fire "printer', 'search.unclosed-quote', 5],
    ['tag:"vip', 'search.unclosed-quote', 4],
    ['x'.repeat(501), 'search.too-long', 500],
    ['x '.repeat(31), 'search.too-many-terms', 60],
    [`tag:${'x,'.repeat(20)}x`, 'search.value', 45],
  ])('refuses %s', (query, code, offset) => {
    expect(refusal(query)).toEqual({ code, offset });
  });

  it('reads anything, or says where it can not', () => {
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 30 }), (scraps) => {
        const query = scraps.join('');
        const { code, offset = 0 } = refusal(query);
        if (code !== undefined) expect(code).toMatch(/^search\.[a-z-]+$/);
        expect(offset).toBeLessThanOrEqual(query.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads what it prints as the same terms', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 12 }), (scraps) => {
        const query = scraps.join('');
        if (refusal(query).code !== undefined) return;
        const terms = parseSearch(query);
        const printed = printSearch(terms);
        if (printed.length > 500) return;
        read += terms.length;
        expect(parseSearch(printed)).toEqual(terms);
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(1_000);
    const all =
      'status:open,new -priority>=high tag:"a b" created>now-7d updated:2026-01-31 assignee:me team:"x \\" y" number:3 has:tag word -"a phrase" requester:ada external:INC1 channel:web category:A';
    expect(parseSearch(printSearch(parseSearch(all)))).toEqual(parseSearch(all));
  });

  it('takes no longer than its length allows for the most unpleasant queries', () => {
    const unpleasant = [
      '"'.repeat(499),
      '\\'.repeat(500),
      '-'.repeat(500),
      'a'.repeat(500),
      ' '.repeat(500),
      `"${'\\"'.repeat(249)}`,
    ];
    const begun = performance.now();
    for (let round = 0; round < 200; round += 1) unpleasant.forEach(refusal);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
