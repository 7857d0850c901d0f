import type { AnyProjection } from '../projection.js';
import type { Sql } from '../sql.js';

/** What a read model holds, as one number to compare: rows, and a hash over all of them in the order of their ids. */
export interface RowHash {
  readonly rows: number;
  readonly hash: string;
}

/** The hash of all rows of all workspaces in the generation that is read; needs a connection of `ld_project`. */
export async function rowHash(sql: Sql, { name }: Pick<AnyProjection, 'name'>): Promise<RowHash> {
  const [hash] = await sql.rows<RowHash>(
    `select count(*)::int as rows, md5(coalesce(string_agg(md5(t::text), '' order by id::text collate "C"), '')) as hash
     from ${name} t`,
  );
  if (!hash) throw new Error(`The database did not count the rows of ${name}.`);
  return hash;
}
