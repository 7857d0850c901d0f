// `npm run faults`: breaks a running desk in every way that we can think of, and looks whether it keeps its promises.
import { checkout } from '../services/places.mjs';
import { build, outdated } from '../start/build.mjs';
import { step } from '../start/progress.mjs';
import { readOptions, usage } from './options.mjs';
import { play } from './rounds/play.mjs';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(usage);
  else process.exitCode = await run(options);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function run(options) {
  for (const target of outdated(checkout).filter(({ isWeb }) => !isWeb))
    await step(`Building ${target.name}`, () => build(checkout, target));
  const { plant, seed } = options;
  if (plant !== undefined) console.log(`Planted: ${plant.name}: ${plant.what}.`);
  console.log(`Seed ${seed}`);
  const { findings, evidence, totals } = await play(options, {
    say: (line) => console.log(line),
    isEnough: (found) => (plant === undefined ? found.length > 0 : caughtBy(plant, found).length > 0),
    isWorthKeeping: (found) => (plant === undefined ? found.length > 0 : caughtBy(plant, found).length === 0),
  });
  const { rounds, operations, ok, fail, unknown, timers, seconds } = totals;
  console.log(
    `\n${rounds} rounds in ${seconds.toFixed(0)} s: ${operations} operations, ${ok} ok, ${fail} refused, ${unknown} at first unknown; ${timers} timers went off.`,
  );
  for (const { assertion, what } of findings.slice(0, 20)) console.log(`  ${assertion}: ${what}`);
  if (findings.length > 20) console.log(`  … and ${findings.length - 20} more`);
  if (evidence !== undefined) console.log(`Evidence: ${evidence}\nAgain: npm run faults -- ${again(options)}`);
  return plant === undefined ? verdict(findings, totals) : judgePlant(plant, findings);
}

function verdict(findings, { shown }) {
  if (findings.length > 0) return 1;
  console.log(`0 lost, 0 doubled. Shown: ${[...shown].sort().join(' ')}.`);
  return 0;
}

/** A planted breakage has to be found, and by an assertion that says what is broken. */
function caughtBy({ mustFind }, findings) {
  return mustFind.filter((assertion) => findings.some((finding) => finding.assertion === assertion));
}

function judgePlant(plant, findings) {
  const by = caughtBy(plant, findings);
  console.log(by.length > 0 ? `${plant.name} was caught by ${by.join(', ')}.` : `${plant.name} was NOT caught.`);
  return by.length > 0 ? 0 : 1;
}

function again({ rounds, from, seed, only, store, plant }) {
  const words = [
    `--seed ${seed} --rounds ${rounds} --from ${from}`,
    store !== 'postgres' && `--store ${store}`,
    only && `--only "${only}"`,
    plant && `--plant ${plant.name}`,
  ];
  return words.filter(Boolean).join(' ');
}
