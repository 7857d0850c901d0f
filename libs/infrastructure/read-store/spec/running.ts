import { eventually } from '@ledgerdesk/testing';
import { Connections } from '../connections.js';
import type { AnyProjection } from '../projection.js';
import { asOwnerOf } from '../projections/as-owner.js';
import { GenerationConsumers } from '../projections/generation-consumers.js';
import type { LedgerConsumer, RunnerAlarms } from '../projections/ledger-consumer.js';
import { ProjectionConsumer } from '../projections/projection-consumer.js';
import { ProjectionRunner } from '../projections/projection-runner.js';
import { Rebuilds } from '../projections/rebuilds.js';
import { asked, type SpecDatabase } from './notebook-database.js';
import type { MemoryLedger } from './memory-ledger.js';

/** Alarms that were raised, as lines to compare. */
export class RecordedAlarms implements RunnerAlarms {
  readonly parked: string[] = [];
  readonly failing: string[] = [];

  eventParked({ stream, revision }: { stream: string; revision: number }): void {
    this.parked.push(`${stream}@${String(revision)}`);
  }

  runnerFailing({ error }: { error: Error }): void {
    this.failing.push(error.message);
  }
}

/** Connections of the runner's role with a short patience. */
export function runnerConnections({ projectUrl }: SpecDatabase, idleInTransactionMs = 10_000): Connections {
  return new Connections({
    url: projectUrl,
    connections: 3,
    statementTimeout: 10_000,
    name: 'spec',
    settings: { idle_in_transaction_session_timeout: String(idleInTransactionMs) },
  });
}

/** A runner that claims often, so that a takeover does not take the time of a real one. */
export function runnerOf(
  source: MemoryLedger,
  connections: Connections,
  consumers: readonly (AnyProjection | LedgerConsumer)[],
  alarms: RunnerAlarms = new RecordedAlarms(),
  claimEvery = 25,
): ProjectionRunner {
  return new ProjectionRunner({
    source,
    connections,
    alarms,
    claimEvery,
    consumers: consumers.map((consumer) =>
      'apply' in consumer && 'settled' in consumer ? consumer : new ProjectionConsumer(consumer),
    ),
  });
}

/** Waits until the stored checkpoints of these consumers are at the end of the ledger. */
export async function caughtUp(database: SpecDatabase, ledger: MemoryLedger, ...names: string[]): Promise<void> {
  const head = await ledger.head();
  await eventually(async () => {
    const rows = await asked<{ name: string; position: string }>(
      database,
      'select name, position from ledger_checkpoint where name = any($1)',
      [names],
    );
    expect(new Map(rows.map(({ name, position }) => [name, position]))).toEqual(
      new Map(names.map((name) => [name, head])),
    );
  });
}

/** All that one worker does for read models, as of one release. */
export class SpecWorker {
  readonly outcomes: string[] = [];
  readonly alarms = new RecordedAlarms();
  private readonly connections: Connections;
  private readonly runner: ProjectionRunner;
  private readonly rebuilds: Rebuilds;

  constructor(database: SpecDatabase & { readonly ownerUrl: string }, ledger: MemoryLedger, release: AnyProjection) {
    const connections = runnerConnections(database);
    this.connections = connections;
    this.runner = new ProjectionRunner({
      source: ledger,
      consumers: [],
      changing: new GenerationConsumers([release]),
      connections,
      alarms: this.alarms,
      claimEvery: 25,
    });
    this.rebuilds = new Rebuilds({
      projections: [release],
      connections,
      asOwner: asOwnerOf(database.ownerUrl),
      source: ledger,
      event: (stream, revision) => ledger.at(stream, revision),
      onOutcome: ({ what, table, detail }) => this.outcomes.push([what, table, detail].join(' ').trim()),
      onFailure: ({ message }) => this.outcomes.push(`failed ${message}`),
    });
  }

  start(): this {
    this.runner.start();
    this.rebuilds.start();
    return this;
  }

  async stop(): Promise<void> {
    await this.rebuilds.stop();
    await this.runner.stop();
    await this.connections.close();
  }
}
