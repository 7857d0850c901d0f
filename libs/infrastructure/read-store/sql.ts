import type { PoolClient } from 'pg';
import { preparedName } from './prepared-name.js';
import { breaksConnection, ReadStoreUnavailable } from './unavailable.js';

/** One connection for the length of one piece of work. Statements run one after another, also when not awaited in turn. */
export interface Sql {
  /**
   * Runs one statement, prepared under a name that derives from its text, so keep texts constant and put everything that
   * varies into `values` (`$1`, `$2` …). Rows carry the column names of the statement: alias them (`as "workspaceId"`).
   * `bigint` and `numeric` arrive as strings, `timestamptz` as Date, `jsonb` parsed.
   */
  rows<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** All or nothing. Inside another transaction it joins it. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** `Sql` over a reserved connection; refuses to work after `end`, when the connection may carry another workspace. */
export class ConnectionSql implements Sql {
  /** Why the connection must not be used again. */
  broken: Error | undefined;
  private ended = false;
  private inTransaction = false;

  constructor(private readonly client: PoolClient) {}

  async rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    if (this.ended) throw new Error('This connection was given back; await every statement inside the work.');
    const name = preparedName(text);
    const query = { text, values: [...values] };
    try {
      const result = await this.client.query<Row>(name === undefined ? query : { ...query, name });
      return result.rows;
    } catch (error) {
      if (!breaksConnection(error)) throw error;
      this.broken = new ReadStoreUnavailable(error);
      throw this.broken;
    }
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    if (this.inTransaction) return work(this);
    await this.rows('begin');
    this.inTransaction = true;
    try {
      const result = await work(this);
      await this.rows('commit');
      return result;
    } catch (error) {
      if (!this.broken) await this.rows('rollback');
      throw error;
    } finally {
      this.inTransaction = false;
    }
  }

  end(): void {
    this.ended = true;
  }
}
