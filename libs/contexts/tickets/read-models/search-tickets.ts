import type { SearchWanted } from './search-wanted.js';

export interface FoundTicket {
  readonly id: string;
  /** Found by a part of a word, because no ticket has the words themselves; such an answer has one page. */
  readonly partial: boolean;
}

/**
 * Ids that a search finds, in order: `$1` is the `SearchWanted` as JSON, `$2` how many at most. Join `inbox` to it to read the
 * rows under row level security.
 */
export const FOUND = 'search_tickets($1::jsonb, $2) with ordinality as found (id, partial, place)';

/** The parameters of `FOUND`. */
export function foundValues(wanted: SearchWanted, most: number): readonly [string, number] {
  return [JSON.stringify(wanted), most];
}
