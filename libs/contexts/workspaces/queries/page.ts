import { Answer, type Cursors } from '@ledgerdesk/http';
import type { ReadStore } from '@ledgerdesk/read-store';

/** One page of a list that is ordered by id. */
export interface PageOf<Row> {
  readonly data: Row[];
  readonly page: { readonly next: string | null; readonly hasMore: boolean };
}

export interface PageRequest {
  readonly workspaceId: string;
  /** The operation; a cursor is good for this list only. */
  readonly list: string;
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

const DEFAULT_LIMIT = 100;

/**
 * Reads one page.
 * @param statement takes the id to start after as `$1` (nil UUID for the beginning) and the number of rows as `$2`
 * @throws ProblemError 400 for a cursor of another list
 */
export async function readPage<Row extends { readonly id: string }>(
  { store, cursors }: { readonly store: ReadStore; readonly cursors: Cursors },
  { workspaceId, list, limit = DEFAULT_LIMIT, after }: PageRequest,
  statement: string,
): Promise<Answer<PageOf<Row>>> {
  const [start = NIL] = after === undefined ? [] : cursors.open(workspaceId, list, after);
  const rows = await store.run(workspaceId, (sql) => sql.rows<Row>(statement, [start, limit + 1]));
  const data = rows.slice(0, limit);
  const last = rows.length > limit ? data.at(-1) : undefined;
  const next = last ? cursors.seal(workspaceId, list, [last.id]) : null;
  return new Answer({ data, page: { next, hasMore: next !== null } }, next === null ? {} : { next });
}

const NIL = '00000000-0000-0000-0000-000000000000';
