import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { Client } from 'pg';
import type { AnyProjection } from '../projection.js';
import { projectionMigrations } from '../projections/migrations.js';

/** A database with the tables of runners and the given projections. */
export function notebookDatabase(...projections: readonly AnyProjection[]): Promise<TestDatabase> {
  return createTestDatabase({ migrations: projectionMigrations, projections });
}

/** Asks as superuser, past row level security. */
export async function asked<Row extends object>(
  { adminUrl }: TestDatabase,
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
