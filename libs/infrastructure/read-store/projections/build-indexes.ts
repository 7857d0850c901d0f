import type { Client } from 'pg';
import type { AnyProjection } from '../projection.js';

/** The statements that make the indexes of an empty table. */
export function indexesOf({ indexes }: AnyProjection, table: string): readonly string[] {
  return indexes.map((index) => index.replaceAll('{table}', table));
}

/**
 * Gives a table that was filled without indexes all that it should have, and statistics, while its runner goes on writing: sorting once costs
 * a fraction of finding the place of every version of every row. What a process has left that died at it is made anew. Not for a transaction.
 */
export async function buildIndexes(owner: Client, projection: AnyProjection, table: string): Promise<void> {
  const { rows } = await owner.query<{ left: string }>(
    'select indexrelid::regclass::text as "left" from pg_index where indrelid = $1::regclass and not indisprimary',
    [table],
  );
  for (const { left } of rows) await owner.query(`drop index concurrently ${left}`);
  for (const index of indexesOf(projection, table))
    await owner.query(index.replace(/\bindex on\b/, 'index concurrently on'));
  await owner.query(`analyze ${table}`);
}
