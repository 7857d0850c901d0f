import { DomainError } from '@ledgerdesk/kernel';
import { TICKET_CHANNELS, TICKET_PRIORITIES, TICKET_STATUSES } from '../domain/ticket.js';
import {
  AGE_UNITS,
  type Ask,
  HAS,
  type Operator,
  OPERATORS,
  type SearchTerm,
  type When,
  type Who,
} from './search-terms.js';

export const SEARCH_LIMITS = { length: 500, terms: 30, values: 20 } as const;

/** Codes `search.too-long`, `search.too-many-terms`, `search.unclosed-quote`, `search.unknown-field`, `search.operator`, `search.value`. */
export class SearchSyntaxError extends DomainError {
  constructor(
    code: string,
    message: string,
    /** Where in the query, in UTF-16 units. */
    readonly offset: number,
  ) {
    super('invalid', code, message);
    this.name = 'SearchSyntaxError';
  }
}

/**
 * Reads `status:open priority>=high tag:vip created>now-7d "exact words" -word`. Values with spaces are quoted
 * (`team:"Second line"`), alternatives stand behind commas (`status:open,pending`); inside quotes a backslash protects `"` and
 * itself. Takes time proportional to the length. @throws SearchSyntaxError
 */
export function parseSearch(query: string): readonly SearchTerm[] {
  if (query.length > SEARCH_LIMITS.length) {
    throw new SearchSyntaxError('search.too-long', 'A search has at most 500 characters.', SEARCH_LIMITS.length);
  }
  const reader = new Reader(query);
  const terms: SearchTerm[] = [];
  reader.skipSpace();
  while (!reader.ended) {
    if (terms.length === SEARCH_LIMITS.terms) reader.fail('search.too-many-terms', 'A search has at most 30 terms.');
    const term = readTerm(reader);
    if (term) terms.push(term);
    reader.skipSpace();
  }
  return terms;
}

class Reader {
  at = 0;
  constructor(readonly text: string) {}

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  get next(): string {
    return this.text.charAt(this.at);
  }

  skipSpace(): void {
    while (!this.ended && isSpace(this.next)) this.at += 1;
  }

  takeWhile(fits: (character: string) => boolean): string {
    const from = this.at;
    while (!this.ended && fits(this.next)) this.at += 1;
    return this.text.slice(from, this.at);
  }

  take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  quoted(): string {
    const from = this.at;
    let value = '';
    for (this.at += 1; !this.ended; this.at += 1) {
      if (this.take('"')) return value;
      if (this.next === '\\') this.at += 1;
      value += this.next;
    }
    this.at = from;
    return this.fail('search.unclosed-quote', 'A quotation mark has no partner.');
  }

  fail(code: string, message: string, at = this.at): never {
    throw new SearchSyntaxError(code, message, at);
  }
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}

function readTerm(reader: Reader): SearchTerm | undefined {
  const not = reader.take('-');
  if (reader.next === '"') return termOf({ kind: 'phrase', text: reader.quoted() }, not);
  const start = reader.at;
  const name = reader.takeWhile((character) => /[a-z]/i.test(character)).toLowerCase();
  const operator = name === '' ? undefined : OPERATORS.find((known) => reader.take(known));
  if (operator !== undefined) return { ...readAsk(reader, name, operator, start), not };
  const text = name === '' ? '' : reader.text.slice(start, reader.at);
  return termOf({ kind: 'word', text: text + reader.takeWhile((c) => !isSpace(c) && c !== '"') }, not);
}

/** A word or phrase without anything in it asks for nothing. */
function termOf(ask: Extract<Ask, { readonly text: string }>, not: boolean): SearchTerm | undefined {
  return ask.text.trim() === '' ? undefined : { ...ask, not };
}

function readValues(reader: Reader): readonly string[] {
  const values: string[] = [];
  do {
    const value =
      reader.next === '"' ? reader.quoted() : reader.takeWhile((c) => !isSpace(c) && c !== ',' && c !== '"');
    if (value.trim() === '') reader.fail('search.value', 'A value is missing.');
    if (values.length === SEARCH_LIMITS.values) reader.fail('search.value', 'At most 20 alternatives.');
    values.push(value);
  } while (reader.take(','));
  return values;
}

function readAsk(reader: Reader, field: string, operator: Operator, start: number): Ask {
  const valuesAt = reader.at;
  const values = isField(field) ? readValues(reader) : [];
  const [first = ''] = values;
  const single = (): void => {
    if (values.length > 1) reader.fail('search.value', `Only one value can stand behind ${field}${operator}`, valuesAt);
  };
  if (operator !== ':' && !COMPARED.has(field) && isField(field)) {
    reader.fail('search.operator', `${field} can not be compared with ${operator}.`, start);
  }
  const oneOf = <const T extends string>(known: readonly T[]): readonly T[] =>
    values.map((value) => {
      const found = known.find((candidate) => candidate === value.toLowerCase());
      return found ?? reader.fail('search.value', `${field} is one of ${known.join(', ')}.`, valuesAt);
    });
  switch (field) {
    case 'status':
      return { kind: field, values: oneOf([...TICKET_STATUSES, 'unsolved']) };
    case 'priority':
      if (operator !== ':') single();
      return { kind: field, operator, values: oneOf(TICKET_PRIORITIES) };
    case 'channel':
      return { kind: field, values: oneOf(TICKET_CHANNELS) };
    case 'has': {
      single();
      return { kind: field, value: oneOf(HAS)[0] ?? 'assignee' };
    }
    case 'requester':
      single();
      return { kind: field, value: first };
    case 'tag':
    case 'category':
    case 'external':
      return { kind: field, values };
    case 'number':
      return { kind: field, values: values.map((value) => wholeNumber(reader, value, valuesAt)) };
    case 'assignee':
    case 'team':
      return { kind: field, values: values.map((value) => who(field, value)) };
    case 'created':
    case 'updated': {
      single();
      const when = readWhen(reader, first, valuesAt);
      if (operator === ':' && when.kind !== 'day') {
        reader.fail('search.operator', 'Only a day can stand behind a colon.', start);
      }
      return { kind: field, operator, when };
    }
    default:
      return reader.fail('search.unknown-field', `There is no field ${field}.`, start);
  }
}

const COMPARED = new Set(['priority', 'created', 'updated']);
const FIELDS = new Set([
  ...COMPARED,
  ...['status', 'channel', 'has', 'tag', 'category', 'external', 'requester', 'number', 'assignee', 'team'],
]);

function isField(field: string): boolean {
  return FIELDS.has(field);
}

function wholeNumber(reader: Reader, value: string, at: number): number {
  const digits = value.startsWith('#') ? value.slice(1) : value;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : reader.fail('search.value', 'Not a ticket number.', at);
}

function who(field: 'assignee' | 'team', value: string): Who {
  if (value === 'none') return { kind: 'none' };
  return field === 'assignee' && value === 'me' ? { kind: 'me' } : { kind: 'named', name: value };
}

function readWhen(reader: Reader, value: string, at: number): When {
  const unit = AGE_UNITS.find((known) => value.endsWith(known));
  if (value === 'now') return { kind: 'age', amount: 0, unit: 'm' };
  if (unit && /^now-\d{1,5}[mhdw]$/.test(value)) return { kind: 'age', amount: Number(value.slice(4, -1)), unit };
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && isInstant(`${value}T00:00:00Z`, value)) return { kind: 'day', day: value };
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(value) && isInstant(value)) {
    return { kind: 'instant', instant: value };
  }
  return reader.fail('search.value', 'A time is now-7d, 2026-01-31 or an RFC 3339 instant.', at);
}

/** JavaScript moves the 31st of February into March: a real day reads back as itself. */
function isInstant(instant: string, day = ''): boolean {
  const date = new Date(instant);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && date.getUTCFullYear() >= 1;
}

/** Writes terms so that reading them gives the same terms again. */
export function printSearch(terms: readonly SearchTerm[]): string {
  return terms.map((term) => (term.not ? '-' : '') + printAsk(term)).join(' ');
}

function quote(value: string): string {
  return `"${value.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
}

function printAsk(ask: Ask): string {
  switch (ask.kind) {
    case 'word':
      return ask.text;
    case 'phrase':
      return quote(ask.text);
    case 'created':
    case 'updated':
      return ask.kind + ask.operator + printWhen(ask.when);
    case 'priority':
      return ask.kind + ask.operator + ask.values.join(',');
    case 'assignee':
    case 'team':
      return `${ask.kind}:${ask.values.map((value) => (value.kind === 'named' ? quote(value.name) : value.kind)).join(',')}`;
    case 'requester':
    case 'has':
      return `${ask.kind}:${quote(ask.value)}`;
    default:
      return `${ask.kind}:${ask.values.map((value) => quote(String(value))).join(',')}`;
  }
}

function printWhen(when: When): string {
  if (when.kind === 'day') return when.day;
  if (when.kind === 'instant') return when.instant;
  return `now-${String(when.amount)}${when.unit}`;
}
