import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { checkout } from '../services/places.mjs';
import { runCommand } from '../start/run-command.mjs';

const LONGEST_SECONDS = 60;

/**
 * Builds every read model again beside the running desk, as an operator would, and throws away what was read before: the worker would go on
 * filling it for a day, and everything that is measured afterwards would cost twice. @returns {Promise<number>} seconds of the rebuild
 */
export async function rebuilt({ environment }, ...options) {
  const { code, output } = await runCommand(
    process.execPath,
    [join(checkout, 'dist/apps/worker/apps/worker/src/cli.js'), 'rebuild', ...options],
    { cwd: checkout, env: environment },
  );
  const seconds = Number(/Rebuilt in ([\d.]+) s/.exec(output)?.[1]);
  if (code !== 0 || !(seconds > 0)) throw new Error(`The rebuild failed: ${output}`);
  await dropKept(environment.DATABASE_URL);
  return seconds;
}

async function dropKept(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`update read_model_generation set wish = 'drop' where state = 'kept'`);
    for (let waited = 0; waited < LONGEST_SECONDS * 10; waited += 1) {
      const { rowCount } = await client.query(`select from read_model_generation where state = 'kept'`);
      if (rowCount === 0) return;
      await pause(100);
    }
    throw new Error('What was read before the rebuild was not dropped.');
  } finally {
    await client.end();
  }
}
