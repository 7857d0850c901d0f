// What `npm start` runs. It must work on Node 20 with nothing installed, so it imports only what Node brings along.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, outdated } from './build.mjs';
import { install, isInstalled, modernNode } from './install.mjs';
import { hasLeftOvers, refuseSecondStart } from './lock.mjs';
import { StartError, readOptions, usage } from './options.mjs';
import { step } from './progress.mjs';
import { endCommands } from './run-command.mjs';
import { refuseTakenWebPort } from './settings.mjs';

const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
let desk;
let isEnding = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    isEnding = true;
    desk?.kill(signal);
    endCommands();
  });
}

try {
  const options = readOptions(process.argv.slice(2), checkout);
  if (options.help) console.log(usage);
  else await start(options);
} catch (error) {
  if (!isEnding) console.error(`\n${error instanceof StartError ? error.message : error.stack}`);
  process.exitCode = 1;
}

async function start(options) {
  refuseSecondStart(options.dataFolder);
  if (!hasLeftOvers(options.dataFolder)) await refuseTakenWebPort(options);
  if (!isInstalled(checkout)) await step('Installing the packages (about a minute, once)', () => install(checkout));
  const stale = outdated(checkout);
  if (stale.length > 0) await step(`Building ${stale.map(({ name }) => name).join(', ')}`, () => buildAll(stale));
  if (isEnding) return;
  desk = spawn(modernNode(checkout), [join(checkout, 'tools/start/main.mjs'), ...process.argv.slice(2)], {
    cwd: checkout,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  process.exitCode = await new Promise((resolve) => desk.once('exit', (code) => resolve(code ?? 1)));
}

/** The servers one after the other, the desk beside them: two things at once is what a small machine does well. */
async function buildAll(stale) {
  const inTurn = async (targets) => {
    for (const target of targets) await build(checkout, target);
  };
  await Promise.all([inTurn(stale.filter(({ isWeb }) => isWeb)), inTurn(stale.filter(({ isWeb }) => !isWeb))]);
}
