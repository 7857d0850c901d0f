import type { AnyProjection } from '../projection.js';
import type { Sql } from '../sql.js';
import { projectionTable } from './projection-table.js';

/** What a read model holds, as one number to compare: rows, and a hash over all of them in the order of their ids. */
export interface RowHash {
  readonly rows: number;
  readonly hash: string;
}

/** The hash of all rows of all workspaces; needs a connection of `ld_project`. */
export async function rowHash(sql: Sql, projection: AnyProjection): Promise<RowHash> {
  const [hash] = await sql.rows<RowHash>(
    `select count(*)::int as rows, md5(coalesce(string_agg(md5(t::text), '' order by id::text collate "C"), '')) as hash
     from ${projectionTable(projection).table} t`,
  );
  if (!hash) throw new Error(`The database did not count the rows of ${projection.name}.`);
  return hash;
}
