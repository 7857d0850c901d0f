import type { PoolClient } from 'pg';
import { Connections } from '../connections.js';
import type { ConnectionSql } from '../sql.js';
import { ReadStoreUnavailable } from '../unavailable.js';

/** A moment in the life of a transaction: just before a statement is sent, or just after it was done. */
export interface Moment {
  readonly when: 'before' | 'after';
  readonly statement: RegExp;
}

/** Connections on which something happens at a chosen moment, once. */
export class FaultyConnections extends Connections {
  private armed: { readonly moment: Moment; readonly happen: (client: PoolClient) => Promise<void> } | undefined;

  /** The backend dies at that moment: what was not committed is gone, and the answer of a commit is lost. */
  killAt(moment: Moment, kill: (pid: number) => Promise<unknown>): void {
    this.armed = {
      moment,
      happen: async (client) => {
        const { rows } = await client
          .query<{ pid: number }>('select pg_backend_pid() as pid')
          .catch(() => ({ rows: [] }));
        await kill(rows[0]?.pid ?? 0);
        if (moment.when === 'after') throw new ReadStoreUnavailable(new Error('The answer is lost.'));
      },
    };
  }

  /** The runner stands still at that moment, until the gate opens. */
  pauseAt(moment: Moment, gate: Promise<void>): void {
    this.armed = { moment, happen: () => gate };
  }

  get happened(): boolean {
    return this.armed === undefined;
  }

  override use<T>(work: (sql: ConnectionSql, client: PoolClient) => Promise<T>): Promise<T> {
    return super.use((sql, client) => {
      const rows = sql.rows.bind(sql);
      sql.rows = async <Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]> => {
        await this.pass('before', text, client, sql);
        const result = await rows<Row>(text, values);
        await this.pass('after', text, client, sql);
        return result;
      };
      return work(sql, client);
    });
  }

  private async pass(when: Moment['when'], text: string, client: PoolClient, sql: ConnectionSql): Promise<void> {
    if (this.armed?.moment.when !== when || !this.armed.moment.statement.test(text)) return;
    const { happen } = this.armed;
    this.armed = undefined;
    try {
      await happen(client);
    } catch (error) {
      sql.broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
}
