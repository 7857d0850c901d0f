import type { PoolClient } from 'pg';
import { Connections } from './connections.js';
import { QUICK_COMMIT_SETTING } from './quick-commit.js';
import type { Sql } from './sql.js';

export interface ReadStoreOptions {
  /** Connection of the role `ld_app`. */
  readonly url: string;
  /** Connections kept at most; 8 by default. */
  readonly connections?: number;
  /** Milliseconds one statement may take; 15,000 by default. */
  readonly statementTimeout?: number;
  /** Whether the ledger is in this database too; else rows that must be there before an event wait for the disk (default). */
  readonly holdsLedger?: boolean;
  /** Told about connections that broke while nobody used them. */
  readonly onConnectionLost?: (error: Error) => void;
}

/** The workspace of a connection that belongs to none. No row of a tenant carries the nil UUID; effects of the installation itself do. */
export const NO_WORKSPACE = '00000000-0000-0000-0000-000000000000';

/**
 * The only way of the application to Postgres. Every piece of work runs on one reserved connection whose workspace is set
 * first and which row level security then confines; the setting is remembered per connection, so it costs a round trip only
 * when the connection last worked for somebody else.
 *
 * Errors: `ReadStoreUnavailable` when Postgres can't be reached or takes too long to give a connection; otherwise the error
 * of the statement.
 */
export class ReadStore {
  private readonly connections: Connections;
  private readonly workspaces = new WeakMap<PoolClient, string>();

  constructor(options: ReadStoreOptions) {
    this.connections = new Connections({
      url: options.url,
      connections: options.connections ?? 8,
      statementTimeout: options.statementTimeout ?? 15_000,
      name: 'ledgerdesk-read-store',
      settings: { [QUICK_COMMIT_SETTING]: options.holdsLedger === true ? 'on' : 'off' },
      onConnectionLost: options.onConnectionLost,
    });
  }

  /** Works on the rows of one workspace, and of no other. */
  async run<T>(workspaceId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.connections.use(async (sql, client) => {
      await this.enter(client, sql, workspaceId);
      return work(sql);
    });
  }

  /** Works on the tables that belong to no workspace (accounts, sessions); tenant tables look empty here. */
  async global<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.run(NO_WORKSPACE, work);
  }

  async close(): Promise<void> {
    await this.connections.close();
  }

  private async enter(client: PoolClient, sql: Sql, workspaceId: string): Promise<void> {
    if (this.workspaces.get(client) === workspaceId) return;
    // Forgotten first: a setting that failed half-way must not be trusted by the next one.
    this.workspaces.delete(client);
    await sql.rows(`select set_config('ld.workspace', $1, false)`, [workspaceId]);
    this.workspaces.set(client, workspaceId);
  }
}
