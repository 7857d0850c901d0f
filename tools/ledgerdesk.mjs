// `npm run ledgerdesk -- COMMAND …`: a command of the desk, with the settings of the one that `npm start` has started.
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, outdated } from './start/build.mjs';
import { environmentOf } from './start/environment.mjs';
import { modernNode } from './start/install.mjs';
import { runningDesk } from './start/lock.mjs';
import { StartError } from './start/options.mjs';
import { readSettings } from './start/settings.mjs';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const dataFolder = resolve(process.env.LEDGERDESK_DATA ?? join(checkout, '.data'));

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof StartError ? error.message : error.stack);
  process.exitCode = 1;
}

async function run(args) {
  const environment = findEnvironment();
  const stale = outdated(checkout).filter(({ name }) => name === 'worker');
  if (runningDesk(dataFolder) === undefined) for (const target of stale) await build(checkout, target);
  const child = spawn(modernNode(checkout), [join(checkout, 'dist/apps/worker/apps/worker/src/cli.js'), ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: environment,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)));
}

/** An installation that is configured by hand brings its own settings; else a desk must be running here. */
function findEnvironment() {
  if (process.env.DATABASE_URL && (process.env.INSTALLATION_KEY || process.env.INSTALLATION_KEY_FILE))
    return process.env;
  const settings = readSettings(dataFolder);
  if (settings === undefined || runningDesk(dataFolder) === undefined) {
    throw new StartError(
      'No desk is running here: start one with "npm start" in another terminal, then type this again.',
    );
  }
  return environmentOf(dataFolder, settings);
}
