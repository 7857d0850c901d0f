import { parseStreamName } from '@ledgerdesk/event-store';
import type { Personal, Recorded } from '@ledgerdesk/kernel';
import type { Projection } from '@ledgerdesk/read-store';
import { readable } from '../domain/ticket-view.fold.js';
import type { TicketEvent, TicketOpened } from '../domain/ticket.events.js';
import { searchFunction } from './search.function.js';
import { SearchRow } from './search.entity.js';
import { folded, lexeme, tagLexeme, wordsOf } from './search-words.js';

/** Words after this many are not indexed: a `tsvector` holds 1 MB. */
const MOST_WORDS = 50_000;
/** Postgres counts no further; later words are found, though not as parts of phrases. */
const LAST_PLACE = 16_383;
/** Between two texts, so that no phrase matches across them. */
const GAP = 2;

const WITH_TEXT = new Set<string>([
  'TicketOpened',
  'CustomerMessageReceived',
  'PublicReplySent',
  'NoteAdded',
  'TicketHandedOff',
  'TicketRenamed',
  'TicketTagged',
  'TicketUntagged',
]);

/** Full text of subjects, messages, notes and hand-offs, names, numbers, external ids and tags. */
export const search: Projection<SearchRow> = {
  name: 'ticket_search',
  version: 2,
  entity: SearchRow,
  categories: ['ticket'],
  indexes: [
    // New words wait in a list that every search has to read as a whole; 2 MB take it 4 ms, and a smaller list makes writes slower.
    'create index on {table} using gin (workspace_id, words) with (gin_pending_list_limit = 2048)',
    `create index on {table} using gin (workspace_id, (subject || ' ' || requester) gin_trgm_ops)
     with (gin_pending_list_limit = 1024)`,
    'create index on {table} (workspace_id, shown_in)',
    'alter table {table} alter column words set statistics 1000',
    // A search walks thousands of rows; words that lie compressed in a second table cost it three times as much per row.
    'alter table {table} alter column words set storage external, set (toast_tuple_target = 8160)',
    'create policy search on {table} to ld_search using (true)',
    'grant select on {table} to ld_search',
  ],
  afterInstall: searchFunction,
  keysOf(event) {
    const { type, data } = event as Recorded<TicketEvent>;
    if (type === 'Merged' || type === 'Unmerged') return data.group;
    return WITH_TEXT.has(type) ? [parseStreamName(event.stream).id] : [];
  },
  apply: (row, event, key) => searchRow(row, event as Recorded<TicketEvent>, key),
};

function searchRow(row: SearchRow | undefined, event: Recorded<TicketEvent>, key: string): SearchRow | undefined {
  if (event.type === 'TicketOpened')
    return { ...openedRow(event), ...(row && ledTo(row, row.shownIn, row.shownSince)) };
  if (row === undefined) return undefined;
  const at = event.metadata.recordedAt;
  switch (event.type) {
    case 'CustomerMessageReceived':
    case 'PublicReplySent':
    case 'NoteAdded':
      return withTexts(row, [event.data.body]);
    case 'TicketHandedOff':
      return withTexts(row, [event.data.done, event.data.next, event.data.watch]);
    case 'TicketRenamed':
      return { ...withTexts(row, [event.data.subject]), subject: folded(readable(event.data.subject) ?? '') };
    case 'TicketTagged':
      return { ...row, words: joined([row.words, ...event.data.tags.map(tagLexeme)]) };
    case 'TicketUntagged':
      return { ...row, words: event.data.tags.map(tagLexeme).reduce(without, row.words) };
    case 'Merged':
      return { ...withoutTags(row), ...ledTo(row, event.data.target.ticketId, at) };
    case 'Unmerged': {
      // The others of the group stay merged into this one.
      const back = parseStreamName(event.stream).id;
      return { ...(key === back ? withTags(row) : row), ...ledTo(row, back, at) };
    }
    default:
      return row;
  }
}

/** The newest word about it counts. */
function ledTo(row: SearchRow, shownIn: string, since: string): Pick<SearchRow, 'shownIn' | 'shownSince'> {
  if (since < row.shownSince) return { shownIn: row.shownIn, shownSince: row.shownSince };
  return { shownIn, shownSince: since };
}

const TAG_LEXEME = lexeme('tag:').slice(0, -1);

/** Lexemes of tags carry no places and hold no spaces, so each is one word of the literal. */
function withoutTags(row: SearchRow): SearchRow {
  const words = row.words.split(' ');
  const tags = words.filter((word) => word.startsWith(TAG_LEXEME));
  if (tags.length === 0) return row;
  return { ...row, words: joined(words.filter((word) => !tags.includes(word))), putAside: tags.join(' ') };
}

function withTags(row: SearchRow): SearchRow {
  return { ...row, words: joined([row.words, row.putAside]), putAside: '' };
}

function openedRow({ data, metadata }: Recorded<TicketOpened>): SearchRow {
  const { number, subject, body, requester, externalId, tags } = data;
  const named = [requester.name, requester.address].map((text) => readable(text) ?? '');
  const row = {
    id: data.ticketId,
    workspaceId: metadata.workspaceId,
    words: joined(tags.map(tagLexeme)),
    lastPlace: 0,
    shownIn: data.ticketId,
    shownSince: metadata.recordedAt,
    putAside: '',
    subject: folded(readable(subject) ?? ''),
    requester: folded(named.join(' ').trim()),
  };
  return withWords(row, [
    String(number),
    externalId?.id ?? '',
    ...named,
    readable(subject) ?? '',
    readable(body) ?? '',
  ]);
}

function withTexts(row: SearchRow, texts: readonly (Personal | null)[]): SearchRow {
  return withWords(
    row,
    texts.map((text) => readable(text) ?? ''),
  );
}

function withWords(row: SearchRow, texts: readonly string[]): SearchRow {
  const parts = [row.words];
  let place = row.lastPlace;
  for (const text of texts) {
    const words = wordsOf(text).slice(0, Math.max(0, MOST_WORDS - place));
    for (const word of words) {
      place += 1;
      parts.push(place <= LAST_PLACE ? `${lexeme(word)}:${String(place)}` : lexeme(word));
    }
    place += GAP;
  }
  return { ...row, words: joined(parts), lastPlace: place };
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** Lexemes of tags carry no places, so each is one word of the literal; tags hold no spaces. */
function without(words: string, removed: string): string {
  return words
    .split(' ')
    .filter((word) => word !== removed)
    .join(' ');
}
