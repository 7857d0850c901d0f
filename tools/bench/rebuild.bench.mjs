import pg from 'pg';
import { rebuilt } from './rebuilt.mjs';

export const name = 'rebuild';
/** After the import, so that what is rebuilt are the histories of real incidents, and before the desk is filled with long texts. */
export const order = 16;

/** Folds the ledger into every read model again beside the running desk. @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure({ desk }) {
  const events = await countEvents(desk.environment.DATABASE_URL);
  const seconds = await rebuilt(desk);
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
