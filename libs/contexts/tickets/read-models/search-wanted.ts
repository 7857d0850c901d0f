import { tagTexts } from '../domain/ticket-text.js';
import { TICKET_PRIORITIES, type TicketStatus } from '../domain/ticket.js';
import type { Ask, Operator, SearchTerm, When, Who } from './search-terms.js';
import { folded, lexeme, tagLexeme, wordsOf } from './search-words.js';

/** One condition, as `search_tickets` reads it. */
export type SearchFilter = ColumnFilter | AnyFilter;

/** Holds when all filters of one of the lists hold. */
export interface AnyFilter {
  readonly any: readonly (readonly ColumnFilter[])[];
  readonly not: boolean;
}

/** A condition on a column of the inbox. */
export interface ColumnFilter {
  readonly column: string;
  readonly is: 'in' | 'empty' | 'within';
  /** Alternatives of `in`; the two ends of `within`, the second excluded, null for none. */
  readonly values?: readonly (string | number | null)[];
  /** `in` accepts an empty column too. */
  readonly orEmpty?: boolean;
  readonly not: boolean;
}

export type SearchOrder = 'updated' | 'opened' | 'priority';

/** The argument of `search_tickets`. */
export interface SearchWanted {
  /** A `tsquery` literal. */
  readonly words?: string;
  /** A `tsquery` literal in which the last word, perhaps not yet finished, may go on; tried when no ticket has the words. */
  readonly beginnings?: string;
  /** Patterns for the subject and the requester, tried when that finds nothing either. Comes with `beginnings`. */
  readonly parts?: readonly string[];
  readonly requesters: readonly { readonly like: string; readonly not: boolean }[];
  readonly filters: readonly SearchFilter[];
  readonly order: SearchOrder;
  /** Sort columns and id of the last row that was shown. */
  readonly after?: readonly (string | number)[];
}

/** What a search has to know of the one who asks. */
export interface SearchAsker {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly memberId: string | null;
  /** Ids behind the names of `namesIn`; none for a name that nobody has. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly teams: ReadonlyMap<string, readonly string[]>;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UNSOLVED: readonly TicketStatus[] = ['new', 'open', 'pending', 'on_hold'];
const REMOVED: readonly TicketStatus[] = ['spam', 'trashed', 'merged'];

/** Names (not ids) of members and teams that have to be looked up before `searchWanted`. */
export function namesIn(terms: readonly SearchTerm[]): {
  readonly members: readonly string[];
  readonly teams: readonly string[];
} {
  const names = (kind: 'assignee' | 'team'): readonly string[] =>
    terms
      .flatMap((term): readonly Who[] => (term.kind === kind ? term.values : []))
      .flatMap((who) => (who.kind === 'named' && !UUID.test(who.name) ? [who.name] : []));
  return { members: names('assignee'), teams: names('team') };
}

/**
 * What Postgres is to look for. @param visible what confines it to the tickets that who asks may see. Spam, trash and merged tickets are left out unless a
 * status is asked for.
 */
export function searchWanted(
  terms: readonly SearchTerm[],
  asker: SearchAsker,
  order: SearchOrder = 'updated',
  after?: readonly (string | number)[],
  visible: readonly SearchFilter[] = [],
): SearchWanted {
  const words = terms.flatMap(wordQueries);
  const parts = terms.flatMap((term) => (term.kind === 'word' && !term.not ? partPatterns(term.text) : []));
  const filters = [...terms.flatMap((term) => filtersOf(term, asker)), ...visible];
  if (!terms.some(({ kind, not }) => kind === 'status' && !not)) {
    filters.push({ column: 'status', is: 'in', values: REMOVED, not: true });
  }
  return {
    ...(words.length === 0 ? {} : { words: words.join(' & ') }),
    ...(parts.length === 0 || words.length !== parts.length ? {} : { beginnings: `${words.join(' & ')}:*`, parts }),
    requesters: terms.flatMap((term) =>
      term.kind === 'requester' && !UUID.test(term.value) ? [{ like: pattern(term.value), not: term.not }] : [],
    ),
    filters,
    order,
    ...(after === undefined ? {} : { after }),
  };
}

/** Conditions on the words of a ticket, each a `tsquery` of its own. */
function wordQueries(term: SearchTerm): readonly string[] {
  const query = wordQuery(term);
  if (query === undefined) return [];
  return [term.not ? `!(${query})` : query];
}

function wordQuery(ask: Ask): string | undefined {
  switch (ask.kind) {
    case 'word':
    case 'phrase': {
      const words = wordsOf(ask.text);
      const phrase = words.map(lexeme).join(' <-> ');
      return words.length === 0 ? undefined : words.length === 1 ? phrase : `(${phrase})`;
    }
    case 'tag':
      return `(${tagTexts(ask.values).map(tagLexeme).join(' | ')})`;
    case 'has':
      return ask.value === 'tag' ? `${lexeme('tag:')}:*` : undefined;
    default:
      return undefined;
  }
}

/** Three characters make a trigram: anything shorter would read the whole index. Only single words can go on. */
function partPatterns(text: string): readonly string[] {
  return folded(text).length < 3 || wordsOf(text).length !== 1 ? [] : [pattern(text)];
}

function pattern(text: string): string {
  return `%${folded(text).replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

function filtersOf(term: SearchTerm, asker: SearchAsker): readonly ColumnFilter[] {
  const filter = filterOf(term, asker);
  return filter === undefined ? [] : [{ ...filter, not: term.not !== (filter.not ?? false) }];
}

type Filter = Omit<ColumnFilter, 'not'> & { readonly not?: boolean };

function filterOf(ask: Ask, asker: SearchAsker): Filter | undefined {
  switch (ask.kind) {
    case 'status': {
      const values = ask.values.flatMap((value) => (value === 'unsolved' ? UNSOLVED : [value]));
      return { column: 'status', is: 'in', values };
    }
    case 'priority':
      return { column: 'priority', is: 'in', values: ask.values.flatMap((value) => ranks(ask.operator, value)) };
    case 'channel':
    case 'category':
    case 'number':
      return { column: ask.kind, is: 'in', values: ask.values };
    case 'external':
      return { column: 'external_id', is: 'in', values: ask.values };
    case 'requester':
      return UUID.test(ask.value) ? { column: 'requester_id', is: 'in', values: [ask.value] } : undefined;
    case 'assignee':
      return owners('assignee_id', ask.values, asker.members, asker.memberId);
    case 'team':
      return owners('team_id', ask.values, asker.teams, null);
    case 'created':
    case 'updated': {
      const column = ask.kind === 'created' ? 'opened_at' : 'updated_at';
      return { column, is: 'within', values: range(ask.operator, ask.when, asker.now) };
    }
    case 'has':
      return has(ask.value);
    default:
      return undefined;
  }
}

function has(what: Extract<Ask, { kind: 'has' }>['value']): Filter | undefined {
  const columns = { assignee: 'assignee_id', team: 'team_id', category: 'category', external: 'external_id' } as const;
  return what === 'tag' ? undefined : { column: columns[what], is: 'empty', not: true };
}

function owners(
  column: string,
  values: readonly Who[],
  known: ReadonlyMap<string, readonly string[]>,
  me: string | null,
): Filter {
  const ids = values.flatMap((who): readonly string[] => {
    if (who.kind === 'me') return me === null ? [] : [me];
    if (who.kind === 'none') return [];
    return UUID.test(who.name) ? [who.name] : (known.get(who.name) ?? []);
  });
  return { column, is: 'in', values: ids, orEmpty: values.some(({ kind }) => kind === 'none') };
}

function ranks(operator: Operator, value: (typeof TICKET_PRIORITIES)[number]): readonly number[] {
  const rank = TICKET_PRIORITIES.indexOf(value);
  const holds = { ':': 0, '>=': 1, '<=': -1, '>': 1, '<': -1 } as const;
  return TICKET_PRIORITIES.map((_, index) => index).filter((index) =>
    index === rank ? !['>', '<'].includes(operator) : Math.sign(index - rank) === holds[operator],
  );
}

const MINUTE = 60_000;
const AGES = { m: MINUTE, h: 60 * MINUTE, d: 1_440 * MINUTE, w: 10_080 * MINUTE } as const;

/** First instant and the one after the last: a day lasts 24 hours of UTC, an instant a millisecond. */
function range(operator: Operator, when: When, now: number): readonly (string | null)[] {
  const [start, end] = bounds(when, now);
  switch (operator) {
    case ':':
      return [start, end];
    case '>=':
      return [start, null];
    case '>':
      return [end, null];
    case '<':
      return [null, start];
    case '<=':
      return [null, end];
  }
}

function bounds(when: When, now: number): readonly [string, string] {
  const length = when.kind === 'day' ? AGES.d : 1;
  const start =
    when.kind === 'age'
      ? now - when.amount * AGES[when.unit]
      : Date.parse(when.kind === 'day' ? when.day : when.instant);
  return [new Date(start).toISOString(), new Date(start + length).toISOString()];
}
