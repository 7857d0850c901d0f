import { join } from 'node:path';
import pg from 'pg';
import { checkout } from '../services/places.mjs';
import { StartError } from './options.mjs';
import { runCommand } from './run-command.mjs';

/** Makes a database unless it is there. `adminUrl` leads to another one of the same server. */
export async function makeDatabase(adminUrl, name) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/**
 * Runs a command of the desk to its end.
 * @throws {StartError} with its last words
 */
export async function runDeskCommand(environment, args) {
  const { code, output } = await runCommand(
    process.execPath,
    [join(checkout, 'dist/apps/worker/apps/worker/src/cli.js'), ...args],
    {
      cwd: checkout,
      env: environment,
    },
  );
  if (code !== 0)
    throw new StartError(`"${args.join(' ')}" failed:\n${output.trim().split('\n').slice(-12).join('\n')}`);
}

/** Whether every part of the desk on this port says that it is ready. */
export async function isHealthy(port) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`, { signal: AbortSignal.timeout(2_000) });
  await answer.body?.cancel();
  return answer.ok;
}
