import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const LONGEST_SECONDS = 120;

/** Waits until every read model has seen everything that the ledger holds now. @throws after two minutes */
export async function caughtUp({ environment }) {
  const client = new pg.Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  try {
    const head = (await client.query('select max(global_position) as head from events')).rows[0].head;
    for (let waited = 0; waited < LONGEST_SECONDS * 100; waited += 1) {
      const { rowCount } = await client.query(
        `select from ledger_checkpoint where name not like 'reaction:%' and name is distinct from generation and coalesce(nullif(position, '')::bigint, 0) < $1`,
        [head],
      );
      if (rowCount === 0) return;
      await pause(10);
    }
    throw new Error('The read models did not catch up.');
  } finally {
    await client.end();
  }
}
