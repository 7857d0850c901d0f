import { join } from 'node:path';
import pg from 'pg';
import { checkout } from '../services/places.mjs';
import { runCommand } from '../start/run-command.mjs';

export const name = 'rebuild';
/** After the import, so that what is rebuilt are the histories of real incidents, and before the desk is filled with long texts. */
export const order = 16;

/** Throws every read model away beside the running desk and folds the ledger again. @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure({ desk }) {
  const events = await countEvents(desk.environment.DATABASE_URL);
  const { code, output } = await runCommand(
    process.execPath,
    [join(checkout, 'dist/apps/worker/apps/worker/src/cli.js'), 'rebuild'],
    {
      cwd: checkout,
      env: desk.environment,
    },
  );
  const seconds = Number(/Rebuilt in ([\d.]+) s/.exec(output)?.[1]);
  if (code !== 0 || !(seconds > 0)) throw new Error(`The rebuild failed: ${output}`);
  return [
    {
      what: 'all read models',
      value: events / seconds,
      unit: 'events/s',
      better: 'more',
      goal: 20_000,
      note: `${events} events in ${seconds} s`,
    },
  ];
}

async function countEvents(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query('select count(*)::int as events from events');
    return rows[0].events;
  } finally {
    await client.end();
  }
}
