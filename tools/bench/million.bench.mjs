import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { checkout } from '../services/places.mjs';
import { runCommand } from '../start/run-command.mjs';
import { caughtUp } from './caught-up.mjs';
import { load } from './load.mjs';
import { rebuilt } from './rebuilt.mjs';
import { session } from './session.mjs';

export const name = 'million';
export const order = 90;
export const long = true;

const file = process.env.BENCH_INCIDENTS ?? join(checkout, '../shared/data/servicenow-incidents.csv.gz');
const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000);

/**
 * Imports the same incidents under new numbers until the ledger holds a million events, then asks what a small desk was asked.
 * Without the file of incidents there is nothing to import. @returns {Promise<import('./report.mjs').Figure[]>}
 */
export async function measure({ desk, dataFolder }) {
  if (!existsSync(file)) return [];
  const rates = [];
  let events = await count(desk, 'events');
  for (let copy = 0; events < EVENTS; copy += 1) {
    const renumbered = join(dataFolder, `incidents-${copy}.csv.gz`);
    await renumber(renumbered, copy);
    const began = performance.now();
    await run(desk, dataFolder, ['import', 'servicenow', renumbered]);
    await caughtUp(desk);
    const after = await count(desk, 'events');
    rates.push(((after - events) * 1_000) / (performance.now() - began));
    events = after;
  }
  const note = `${events.toLocaleString('en-GB')} events, ${(await count(desk, 'inbox')).toLocaleString('en-GB')} tickets`;
  const seconds = await rebuilt(desk);

  const { base, authorization } = await session(desk.url);
  const alone = (path) =>
    load({ base, authorization, connections: 1, seconds: 5, request: () => ({ path: `/api/v1${path}` }) });
  const inbox = await alone('/tickets?limit=50');
  const search = await alone(`/tickets?limit=50&q=${encodeURIComponent('INC0000045')}`);
  return [
    {
      what: 'import of the first copy',
      value: rates.at(0),
      unit: 'events/s',
      better: 'more',
      note: 'read models included',
    },
    { what: 'import of the last copy', value: rates.at(-1), unit: 'events/s', better: 'more', note },
    { what: 'rebuild of all read models', value: events / seconds, unit: 'events/s', better: 'more', goal: 20_000 },
    { what: 'inbox page alone, p95', value: inbox.p95, unit: 'ms', better: 'less', goal: 15 },
    { what: 'search for a number alone, p95', value: search.p95, unit: 'ms', better: 'less', goal: 50 },
  ];
}

/** The first copy keeps the numbers of the file, so that one of them can be searched for. */
async function renumber(target, copy) {
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity });
  const changed = async function* () {
    for await (const line of lines)
      yield `${copy === 0 ? line : line.replace(/^"?INC0/, (start) => `${start.slice(0, -1)}${copy}`)}\n`;
  };
  await pipeline(Readable.from(changed()), createGzip({ level: 1 }), createWriteStream(target));
}

async function run(desk, folder, args) {
  const { code, output } = await runCommand(
    process.execPath,
    [join(checkout, 'dist/apps/worker/apps/worker/src/cli.js'), ...args],
    { cwd: folder, env: desk.environment },
  );
  if (code !== 0) throw new Error(`"${args.join(' ')}" failed: ${output}`);
}

async function count({ environment }, table) {
  const client = new pg.Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  try {
    return (await client.query(`select count(*)::int as rows from ${table}`)).rows[0].rows;
  } finally {
    await client.end();
  }
}
