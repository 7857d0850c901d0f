import { Client } from 'pg';
import type { AnyProjection } from '../projection.js';
import { projectionMigrations } from '../projections/migrations.js';

/** What specs need to know of a test database. */
export interface SpecDatabase {
  readonly adminUrl: string;
  readonly projectUrl: string;
}

/** The tables of runners and the given projections, for a test database. */
export function notebookSchema(...projections: readonly AnyProjection[]): {
  readonly migrations: typeof projectionMigrations;
  readonly projections: readonly AnyProjection[];
} {
  return { migrations: projectionMigrations, projections };
}

/** Asks as superuser, past row level security. */
export async function asked<Row extends object>(
  { adminUrl }: SpecDatabase,
  text: string,
  values: unknown[] = [],
): Promise<readonly Row[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Takes a database back to where it was after its installation. */
export async function emptied(database: SpecDatabase, ...projections: readonly AnyProjection[]): Promise<void> {
  for (const { name } of projections) await asked(database, `truncate ${name}_v1`);
  await asked(database, 'delete from ledger_checkpoint where generation is null');
  await asked(
    database,
    `update ledger_checkpoint set position = '', epoch = epoch + 1, owner = null, lease_until = '-infinity', parked_streams = 0`,
  );
  await asked(database, 'truncate parked_event');
}
