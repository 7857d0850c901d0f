// What `npm test` runs. It must work on Node 20 with nothing installed, so it imports only what Node brings along.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serviceUser } from '../services/operating-system-user.mjs';
import { programsFolder } from '../services/places.mjs';
import { redisPrograms } from '../services/redis-programs.mjs';
import { install, isInstalled } from '../start/install.mjs';
import { StartError } from '../start/options.mjs';
import { step } from '../start/progress.mjs';
import { endCommands } from '../start/run-command.mjs';
import { findChromium, installChromium } from './browser.mjs';
import { countTests } from './count.mjs';
import { runStages } from './schedule.mjs';
import { stagesOf } from './stages.mjs';

const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    endCommands();
    process.exitCode = 130;
  });
}

try {
  await prepare();
  await test(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof StartError ? error.message : error.stack);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

async function prepare() {
  if (!isInstalled(checkout)) await step('Installing the packages', () => install(checkout));
  serviceUser();
  redisPrograms({ programsFolder: programsFolder(), note: (line) => console.log(`  … ${line}`) });
  if (!findChromium()) await step('Installing Chromium', installChromium);
}

/** Runs the stages that were named, or all; a name may be the beginning of one, as in `npm test -- unit types`. */
async function test(args) {
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const stages = stagesOf(checkout, { nightly: args.includes('--nightly'), chromium: findChromium() ?? '' }).filter(
    ({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)),
  );
  const totals = { passed: 0, failed: 0 };
  const started = Date.now();
  const allPassed = await runStages(stages, {
    onEnd(stage, result, seconds) {
      const { passed, failed } = countTests(result);
      totals.passed += passed;
      totals.failed += failed;
      console.log(
        `  ${result.code === 0 ? '✓' : '✗'} ${stage.name.padEnd(20)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed`,
      );
      if (result.code !== 0) console.log(`\n${result.output.trim()}\n`);
    },
  });
  if (!allPassed && totals.failed === 0) totals.failed = 1;
  console.log(`\n${((Date.now() - started) / 1000).toFixed(0)} s\n${totals.passed} passed, ${totals.failed} failed`);
  process.exitCode ||= allPassed ? 0 : 1;
}
