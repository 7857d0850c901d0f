import { Pool, type PoolClient } from 'pg';
import { breaksConnection, typedFailure } from './failures.js';

export interface WorkspaceConnectionsOptions {
  /** Connection of the role `ld_app`. */
  readonly url: string;
  /** Connections kept at most; 4 by default. */
  readonly connections?: number;
  /** Milliseconds until a silent server counts as hung; 10,000 by default. */
  readonly timeout?: number;
}

/**
 * Connections of `ld_app`, each confined to the workspace it works for by row level security. The setting is remembered per
 * connection, so it costs a round trip only when the connection last worked for another workspace.
 */
export class WorkspaceConnections {
  private readonly pool: Pool;
  private readonly workspaces = new WeakMap<PoolClient, string>();

  constructor(options: WorkspaceConnectionsOptions) {
    const timeout = options.timeout ?? 10_000;
    this.pool = new Pool({
      connectionString: options.url,
      max: options.connections ?? 4,
      connectionTimeoutMillis: timeout,
      query_timeout: timeout,
      application_name: 'ledgerdesk-ledger',
    });
    // An idle connection that breaks is dropped by the pool; the next piece of work opens another.
    this.pool.on('error', () => undefined);
    // While a connection is in use the pool does not listen, and an error that nobody hears ends the process. The statement
    // that was running, or the next one, fails by itself.
    this.pool.on('connect', (client) => {
      client.on('error', () => undefined);
    });
  }

  /** @throws EventStoreUnavailable, EventStoreTimeout */
  async run<T>(workspaceId: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
    let client: PoolClient | undefined;
    let broken = false;
    try {
      client = await this.pool.connect();
      if (this.workspaces.get(client) !== workspaceId) await this.enter(client, workspaceId);
      return await work(client);
    } catch (error) {
      broken = breaksConnection(error);
      throw typedFailure(error);
    } finally {
      client?.release(broken);
    }
  }

  /** The database's time in milliseconds since the epoch; `undefined` when it can't be reached. */
  async time(): Promise<number | undefined> {
    try {
      const text = `select (extract(epoch from clock_timestamp()) * 1000)::float8 as "time"`;
      const { rows } = await this.pool.query<{ time: number }>({ name: 'time', text });
      return rows[0]?.time;
    } catch {
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async enter(client: PoolClient, workspaceId: string): Promise<void> {
    // Forgotten first: a setting that failed half-way must not be trusted by the next one.
    this.workspaces.delete(client);
    await client.query({
      name: 'workspace',
      text: `select set_config('ld.workspace', $1, false)`,
      values: [workspaceId],
    });
    this.workspaces.set(client, workspaceId);
  }
}
