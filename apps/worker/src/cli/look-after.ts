import { setTimeout as delay } from 'node:timers/promises';
import {
  type AnyProjection,
  type Generation,
  GenerationConsumers,
  generations,
  ProjectionRunner,
  Rebuilds,
} from '@ledgerdesk/read-store';
import { ledgerEvent, ledgerSource } from '../ledger-source.js';
import type { Installation } from './installation.js';

const EVERY_MS = 200;

/**
 * Does for some read models what a worker does, beside the worker or without one, until nothing is left to do.
 * @param isDone looks at all their generations after every round
 */
export async function lookAfter(
  installation: Installation,
  projections: readonly AnyProjection[],
  isDone: (found: readonly Generation[]) => boolean | Promise<boolean>,
): Promise<readonly Generation[]> {
  const { store, ledger, connections, asOwner } = installation;
  const source = ledgerSource(store, ledger, report);
  const runner = new ProjectionRunner({
    source,
    consumers: [],
    changing: new GenerationConsumers(projections),
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
  const rebuilds = new Rebuilds({
    projections,
    connections,
    asOwner,
    source,
    event: (stream, revision) => ledgerEvent(store, ledger, stream, revision),
    onOutcome: () => undefined,
    onFailure: report,
  });
  const names = new Set(projections.map(({ name }) => name));
  runner.start();
  try {
    for (;;) {
      await rebuilds.round();
      const found = (await connections.use(generations)).filter(({ readModel }) => names.has(readModel));
      if (await isDone(found)) return found;
      await delay(EVERY_MS);
    }
  } finally {
    await runner.stop();
  }
}

function report(error: Error): void {
  console.error(`Trying again: ${error.message}`);
}
