import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../services/places.mjs';
import { runCommand } from '../start/run-command.mjs';
import { caughtUp } from './caught-up.mjs';
import { memoryOf } from './memory.mjs';

export const name = 'import';
export const order = 15;

/** A file of ServiceNow incidents, by default the one beside the checkout; without it the figures of the import are left out. */
const file = process.env.BENCH_INCIDENTS ?? join(checkout, '../shared/data/servicenow-incidents.csv.gz');

/** Runs first among those that write, so that the memory is that of a desk after an import. @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure({ desk, dataFolder }) {
  if (!existsSync(file)) return [];
  const began = performance.now();
  const { code, output } = await runCommand(
    process.execPath,
    [join(checkout, 'dist/apps/worker/apps/worker/src/cli.js'), 'import', 'servicenow', file],
    { cwd: dataFolder, env: desk.environment },
  );
  if (code !== 0) throw new Error(`The import failed: ${output}`);
  await caughtUp(desk);
  const seconds = (performance.now() - began) / 1_000;
  const memory = memoryOf(dataFolder);
  const total = Object.values(memory).reduce((sum, megabytes) => sum + megabytes, 0);
  const note = Object.entries(memory)
    .map(([program, megabytes]) => `${program} ${Math.round(megabytes)}`)
    .join(', ');
  return [
    { what: 'until the last projection has caught up', value: seconds, unit: 's', better: 'less', goal: 40 },
    { what: 'memory afterwards (PSS)', value: total, unit: 'MB', better: 'less', goal: 400, floor: 550, note },
  ];
}
