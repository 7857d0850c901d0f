import { Pool, type PoolClient } from 'pg';
import { ConnectionSql } from './sql.js';
import { ReadStoreUnavailable } from './unavailable.js';

export interface ConnectionsOptions {
  readonly url: string;
  /** Connections kept at most. */
  readonly connections: number;
  /** Milliseconds one statement may take. */
  readonly statementTimeout: number;
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
  /** Server settings of every connection (`-c name=value`). */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told about connections that broke while nobody used them. */
  readonly onConnectionLost?: ((error: Error) => void) | undefined;
}

/** A bounded pool that hands out one connection per piece of work and throws broken ones away. */
export class Connections {
  private readonly pool: Pool;

  constructor(options: ConnectionsOptions) {
    const settings = {
      statement_timeout: String(options.statementTimeout),
      // A process that stands still in the middle of a transaction must not keep its locks.
      idle_in_transaction_session_timeout: '10000',
      ...options.settings,
    };
    this.pool = new Pool({
      connectionString: options.url,
      max: options.connections,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 60_000,
      application_name: options.name,
      options: Object.entries(settings)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
    });
    this.pool.on('error', (error) => options.onConnectionLost?.(error));
    // While a connection is in use the pool does not listen, and an error that nobody hears ends the process. The statement
    // that was running fails by itself.
    this.pool.on('connect', (client) => {
      client.on('error', () => undefined);
    });
  }

  /** @throws ReadStoreUnavailable */
  async use<T>(work: (sql: ConnectionSql, client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.connect();
    const sql = new ConnectionSql(client);
    try {
      return await work(sql, client);
    } finally {
      sql.end();
      client.release(sql.broken);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw new ReadStoreUnavailable(error);
    }
  }
}
