// `npm run bench [-- NAME … | --long]`: measures a desk of its own on this machine and prints a table. Without names it writes
// docs/benchmarks.md, with `--long` it runs what takes hours and writes docs/benchmarks-long.md.
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../services/free-port.mjs';
import { checkout } from '../services/places.mjs';
import { temporaryFolder } from '../services/temporary-services.mjs';
import { build, outdated } from '../start/build.mjs';
import { startDesk } from '../start/desk.mjs';
import { explain } from '../start/explain.mjs';
import { step } from '../start/progress.mjs';
import { processorSpeed } from './processor.mjs';
import { report } from './report.mjs';

const wanted = process.argv.slice(2).filter((argument) => argument !== '--long');
const long = process.argv.includes('--long');
const files = globSync('tools/bench/*.bench.mjs', { cwd: checkout }).sort();
const benches = await Promise.all(files.map((file) => import(join(checkout, file))));
const chosen = benches
  .filter((bench) => (wanted.length === 0 ? (bench.long ?? false) === long : wanted.includes(bench.name)))
  .sort((left, right) => left.order - right.order);

for (const target of outdated(checkout)) await step(`Building ${target.name}`, () => build(checkout, target));
const speed = await processorSpeed();
const dataFolder = temporaryFolder('bench');
const ending = new AbortController();
process.once('SIGINT', () => ending.abort());
try {
  const desk = await startDesk({ dataFolder, port: await freePort() }, { step, signal: ending.signal });
  try {
    await assertDurable(desk.environment.DATABASE_URL);
    const rows = [];
    for (const bench of chosen) {
      if (ending.signal.aborted) break;
      rows.push(
        ...(await step(bench.name, () => bench.measure({ desk, dataFolder }))).map((row) => ({
          bench: bench.name,
          ...row,
        })),
      );
    }
    const page = long ? 'benchmarks-long' : 'benchmarks';
    const notes = readFileSync(join(import.meta.dirname, long ? 'notes-long.md' : 'notes.md'), 'utf8');
    const text = report(
      rows,
      { ...machine(), ...speed },
      { command: `npm run bench${long ? ' -- --long' : ''}`, notes },
    );
    console.log(`\n${text}`);
    if (wanted.length === 0) writeFileSync(join(checkout, `docs/${page}.md`), text);
  } finally {
    await desk.stop();
  }
} catch (error) {
  console.error(explain(error, dataFolder), error);
  process.exitCode = 1;
} finally {
  rmSync(dataFolder, { recursive: true, force: true });
}

/** A figure without durability is no figure. */
async function assertDurable(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      const { rows } = await client.query(`show ${setting}`);
      if (rows[0][setting] !== 'on') throw new Error(`${setting} is not on`);
    }
  } finally {
    await client.end();
  }
}

function machine() {
  const release = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
  return {
    cpu: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 1024 ** 3)} GB`,
    system: release,
    node: process.versions.node,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: checkout, encoding: 'utf8' }).trim(),
    date: new Date().toISOString().slice(0, 10),
  };
}
