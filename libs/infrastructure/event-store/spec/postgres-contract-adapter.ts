import type { TestDatabase } from '@ledgerdesk/testing';
import { Client } from 'pg';
import type { ContractAdapter, OpenOptions } from './adapter.js';
import { freshStream, record } from './records.js';
import type { EventRecord, EventStore } from '../event-store.js';
import { PostgresEventStore } from '../postgres/postgres-event-store.js';
import { WorkspaceConnections } from '../postgres/workspace-connections.js';

/** Appends one event to a new stream, inside whatever transaction the connection is in. */
export const CALL_ONE = 'select outcome, actual, position from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)';

export function callValues(stream: string, { id, type, data, metadata }: EventRecord): unknown[] {
  return [[stream], [-1], [1], [1], [stream], [0], [id], [type], [data], [metadata]];
}

/** Opens event stores on a test database. */
export function postgresAdapter(database: TestDatabase): ContractAdapter {
  return {
    port: Number(new URL(database.appUrl).port),
    checkpointEvery: 1,
    open: (options = {}) => opened(database, options),
    disturb: () => disturbance(database.appUrl),
  };
}

function opened(database: TestDatabase, { port, timeout = 10_000 }: OpenOptions): EventStore {
  const appUrl = through(database.appUrl, port);
  const projectUrl = through(database.projectUrl, port);
  const connections = new WorkspaceConnections({ url: appUrl, connections: 2, timeout });
  const store = new PostgresEventStore({ appUrl, projectUrl, connections, timeout });
  const close = store.close.bind(store);
  store.close = async () => {
    await close();
    await connections.close();
  };
  return store;
}

function through(url: string, port: number | undefined): string {
  const changed = new URL(url);
  if (port !== undefined) changed.port = String(port);
  return changed.href;
}

/** Transactions that append, dawdle while they hold the lock, and then commit or, every other time, roll back. */
function disturbance(url: string): ReturnType<ContractAdapter['disturb']> {
  const stopping = new AbortController();
  const committed: string[] = [];
  const running = (async () => {
    const client = new Client({ connectionString: url });
    await client.connect();
    for (let round = 0; !stopping.signal.aborted; round += 1) {
      const event = record();
      await client.query('begin');
      await client.query(CALL_ONE, callValues(freshStream(), event));
      await client.query('select pg_sleep(0.003)');
      const commit = round % 2 === 0;
      await client.query(commit ? 'commit' : 'rollback');
      if (commit) committed.push(event.id);
    }
    await client.end();
    return committed;
  })();
  return {
    stop: async () => {
      stopping.abort();
      return running;
    },
  };
}
