import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { checkout } from '../services/places.mjs';
import { environmentOf } from './environment.mjs';
import { readSettings } from './settings.mjs';

const CLI = join(checkout, 'dist/apps/worker/apps/worker/src/cli.js');

/**
 * A command of the desk whose data folder this is, under way.
 * @returns {{ child: import('node:child_process').ChildProcess, ended: Promise<{ code: number | null, output: string }> }}
 */
export function typing(data, ...args) {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: environmentOf(data, readSettings(data)),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return { child, ended: once(child, 'close').then(([code]) => ({ code, output })) };
}

/** What a command says that must succeed. */
export async function typed(data, ...args) {
  const { code, output } = await typing(data, ...args).ended;
  if (code !== 0) throw new Error(`"${args.join(' ')}" ended with ${code}:\n${output}`);
  return output;
}

/** Asks the database of a desk as a superuser. */
export async function inDatabaseOf(data, ask) {
  const client = new pg.Client({ connectionString: environmentOf(data, readSettings(data)).DATABASE_URL });
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}

/** Opens a ticket of Kim. @param {{ call: (path: string, options: RequestInit) => Promise<Response> }} member @returns {Promise<{ id: string, number: number }>} */
export async function openTicket({ call }, subject) {
  const answer = await call('/tickets', {
    method: 'POST',
    headers: { 'idempotency-key': randomUUID() },
    body: JSON.stringify({
      subject,
      body: 'Will it come back?',
      requester: { email: 'kim@example.com', name: 'Kim' },
    }),
  });
  if (answer.status !== 201) throw new Error(`The ticket was refused: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
