import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../services/free-port.mjs';
import { checkout } from '../services/places.mjs';
import { temporaryFolder } from '../services/temporary-services.mjs';
import { startDesk } from '../start/desk.mjs';
import { runCommand } from '../start/run-command.mjs';

export const name = 'portability';
export const order = 70;

/** A file of ServiceNow incidents, by default the one beside the checkout; without it there is nothing worth moving. */
const incidents = process.env.BENCH_INCIDENTS ?? join(checkout, '../shared/data/servicenow-incidents.csv.gz');
const slug = 'move-bench';

/** Moves a workspace with imported histories to another desk with keys of its own. @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure({ desk, dataFolder }) {
  if (!existsSync(incidents)) return [];
  const file = join(dataFolder, 'bench.ledger.gz');
  const secret = join(dataFolder, 'passphrase');
  writeFileSync(secret, randomBytes(18).toString('base64url'));
  const owner = ['--email', 'owner@move.bench', '--password-file', secret];
  await typed(desk, dataFolder, 'create-workspace', '--name', 'Move', '--slug', slug, ...owner);
  await typed(desk, dataFolder, 'import', 'servicenow', incidents, '--workspace', slug);
  const keys = ['--with-keys', '--passphrase-file', secret];
  const out = await typed(desk, dataFolder, 'export', '--workspace', slug, '--out', file, ...keys);
  const events = Number(/holds (\d+) events/.exec(out.output)?.[1]);
  const elsewhere = temporaryFolder('bench-move');
  const other = await startDesk({ dataFolder: elsewhere, port: await freePort() }, { step: (_, work) => work() });
  try {
    const back = await typed(other, elsewhere, 'import', 'ledger', file, '--passphrase-file', secret);
    const note = `${events} events, ${Math.round(statSync(file).size / 1e6)} MB`;
    return [
      { what: 'export with keys', value: events / out.seconds, unit: 'events/s', better: 'more', note },
      {
        what: 'import, with all checks',
        value: events / back.seconds,
        unit: 'events/s',
        better: 'more',
        goal: 5_000,
        note,
      },
    ];
  } finally {
    await other.stop();
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

async function typed(desk, cwd, ...args) {
  const began = performance.now();
  const cli = join(checkout, 'dist/apps/worker/apps/worker/src/cli.js');
  const { code, output } = await runCommand(process.execPath, [cli, ...args], { cwd, env: desk.environment });
  if (code !== 0) throw new Error(`${args[0]} failed: ${output}`);
  return { output, seconds: (performance.now() - began) / 1_000 };
}
