import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** What is kept of the database besides its files; the tables of the ledger and of those who follow it. */
const TABLES = [
  'events',
  'ledger_checkpoint',
  'read_model_generation',
  'parked_event',
  'effect',
  'scheduled_reply',
  'idempotency',
  'ticket_counter',
];

/** Keeps what a person needs to find out what happened. Gives the folder. */
export async function keepEvidence({ folder, environment }, findings) {
  writeFileSync(join(folder, 'findings.json'), `${JSON.stringify(findings, undefined, 2)}\n`);
  const client = new pg.Client({ connectionString: environment.DATABASE_URL });
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (const table of TABLES) {
      const { rows } = await client.query(`select to_jsonb(t) as row from ${table} t`);
      writeFileSync(join(folder, `${table}.jsonl`), rows.map(({ row }) => `${JSON.stringify(row)}\n`).join(''));
    }
  } catch (error) {
    writeFileSync(join(folder, 'tables.missing'), `The tables could not be kept: ${error.message}\n`);
  } finally {
    await client.end().catch(() => undefined);
  }
  return folder;
}
