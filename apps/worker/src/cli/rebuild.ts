import {
  type AnyProjection,
  ProjectionConsumer,
  ProjectionRunner,
  reinstall,
  rowHash,
  type RowHash,
} from '@ledgerdesk/read-store';
import { Command } from 'commander';
import { ledgerSource } from '../ledger-source.js';
import { chosenProjections } from './chosen-projections.js';
import { type Installation, withInstallation } from './installation.js';
import { caughtUp } from './caught-up.js';

interface RebuildOptions {
  readonly verify?: true;
}

export const rebuildCommand = new Command('rebuild')
  .description('drops read models and builds them again from the ledger, beside a running desk')
  .argument('[projection...]', 'names of read models; all of them when none is given')
  .option('--verify', 'compare the rows before and after; only meaningful while nobody writes')
  .action(async (names: string[], { verify }: RebuildOptions) => {
    const projections = chosenProjections(names);
    await withInstallation(async (installation) => {
      if (verify) await caughtUp(installation, projections);
      const before = await hashes(installation, projections);
      const began = performance.now();
      await rebuild(installation, projections);
      const seconds = (performance.now() - began) / 1_000;
      const after = await hashes(installation, projections);
      for (const [name, { rows, hash }] of after) {
        const same = before.get(name)?.hash === hash;
        console.log(`${name}: ${String(rows)} rows, ${same ? 'equal to before' : 'different from before'}`);
        if (verify && !same) process.exitCode = 1;
      }
      console.log(`Rebuilt in ${seconds.toFixed(1)} s.`);
    });
  });

/** Empties the read models, and follows the ledger beside the worker until they have seen all of it. */
async function rebuild(installation: Installation, projections: readonly AnyProjection[]): Promise<void> {
  await installation.asOwner(async (owner) => {
    for (const projection of projections) await reinstall(projection, owner);
  });
  const { store, ledger, connections } = installation;
  const runner = new ProjectionRunner({
    source: ledgerSource(store, ledger, report),
    consumers: projections.map((projection) => new ProjectionConsumer(projection)),
    connections,
    alarms: {
      eventParked: ({ consumer, stream, revision, reason }) => {
        console.error(`${consumer}: put event ${String(revision)} of ${stream} aside (${reason}).`);
        process.exitCode = 1;
      },
      runnerFailing: ({ error }) => {
        report(error);
      },
    },
  });
  runner.start();
  try {
    await caughtUp(installation, projections);
  } finally {
    await runner.stop();
  }
}

async function hashes(
  { connections }: Installation,
  projections: readonly AnyProjection[],
): Promise<ReadonlyMap<string, RowHash>> {
  const found = new Map<string, RowHash>();
  for (const projection of projections)
    found.set(projection.name, await connections.use((sql) => rowHash(sql, projection)));
  return found;
}

function report(error: Error): void {
  console.error(`Trying again: ${error.message}`);
}
