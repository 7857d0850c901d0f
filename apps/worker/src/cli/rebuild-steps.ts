import {
  type AnyProjection,
  type Generation,
  type GenerationState,
  generations,
  isEqual,
  REFUSALS,
  type Wish,
  wishFor,
} from '@ledgerdesk/read-store';
import { Command } from 'commander';
import { projectionNamed } from './chosen-projections.js';
import { comparisonText } from './comparison-text.js';
import { type Installation, withInstallation } from './installation.js';
import { lookAfter } from './look-after.js';

interface Step {
  readonly name: string;
  readonly description: string;
  readonly wish: Wish;
  /** On which generations it works. */
  readonly states: readonly GenerationState[];
  /** What to say when there is none of them. */
  readonly nothing: string;
}

function stepCommand({ name, description, wish, states, nothing }: Step): Command {
  return new Command(name)
    .description(description)
    .argument('<read-model>', 'its name', projectionNamed)
    .action(async (projection: AnyProjection, _: object, command: Command) => {
      await withInstallation(async (installation) => {
        const { connections } = installation;
        const chosen = (await connections.use(generations)).filter(
          ({ readModel, state }) => readModel === projection.name && states.includes(state),
        );
        if (chosen.length === 0) command.error(`${projection.name}: ${nothing}`);
        for (const { table } of chosen) await fulfil(installation, projection, table, wish);
      });
    });
}

async function fulfil(installation: Installation, projection: AnyProjection, table: string, wish: Wish): Promise<void> {
  const { name } = projection;
  await installation.connections.use((sql) => wishFor(sql, table, wish));
  const isDone = (found: readonly Generation[]): boolean =>
    found.every((generation) => generation.table !== table || generation.wish === null);
  const after = (await lookAfter(installation, [projection], isDone)).find((each) => each.table === table);
  if (after === undefined) {
    console.log(`${name}: ${table} is dropped.`);
    return;
  }
  if (wish === 'compare' && after.comparison !== null) {
    console.log(`${name}: ${table} is ${comparisonText(after.comparison)}`);
    if (!isEqual(after.comparison)) process.exitCode = 1;
  } else if (after.state === 'live') {
    console.log(`${name}: ${table} is read now.`);
  }
  if (after.refusal !== null) {
    console.log(`${name}: ${REFUSALS[after.refusal]}`);
    process.exitCode = 1;
  }
}

const NOTHING_BUILT = 'nothing was built beside it. Build it first: ledgerdesk rebuild NAME --no-switch';
const NOTHING_KEPT = 'nothing was kept from before.';

export const switchCommand = stepCommand({
  name: 'switch',
  description: 'lets the desk read what was built',
  wish: 'switch',
  states: ['building'],
  nothing: NOTHING_BUILT,
});

export const compareCommand = stepCommand({
  name: 'compare',
  description: 'compares what was built, or kept, with what the desk reads, at one position of the ledger',
  wish: 'compare',
  states: ['building', 'kept'],
  nothing: NOTHING_BUILT,
});

export const rollbackCommand = stepCommand({
  name: 'rollback',
  description: 'lets the desk read again what it read before the last switch',
  wish: 'switch',
  states: ['kept'],
  nothing: NOTHING_KEPT,
});

export const dropCommand = stepCommand({
  name: 'drop',
  description: 'throws away what is built or kept beside what the desk reads',
  wish: 'drop',
  states: ['building', 'kept'],
  nothing: 'there is nothing beside what the desk reads.',
});
