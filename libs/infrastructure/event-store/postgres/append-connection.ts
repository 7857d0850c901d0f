import { Client } from 'pg';
import type { PendingAppend } from './append-queue.js';
import { breaksConnection, isTimeout } from './failures.js';

/** What happened to one append of a batch. */
export interface AppendAnswer {
  readonly outcome: number;
  /** Revision of the stream before the append, -1 when there was none. */
  readonly actual: number;
  /** Position of the last event; `null` when the append was refused. */
  readonly position: string | null;
}

const CALL = {
  name: 'append',
  text: 'select outcome, actual, position from append_events($1, $2, $3, $4, $5, $6, $7)',
};

/** The one connection that appends. It reconnects by itself when the last one broke. */
export class AppendConnection {
  private client: Promise<Client> | undefined;

  constructor(
    private readonly url: string,
    private readonly timeout: number,
  ) {}

  /** Appends a batch in one autocommitted call; answers come in the order of the batch. Errors are those of `pg`. */
  async append(batch: readonly PendingAppend[]): Promise<readonly AppendAnswer[]> {
    const client = await this.connected();
    try {
      const { rows } = await client.query<AppendAnswer>({ ...CALL, values: parameters(batch) });
      return rows;
    } catch (error) {
      if (breaksConnection(error) || isTimeout(error)) this.drop(client);
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = await this.client?.catch(() => undefined);
    this.client = undefined;
    await client?.end();
  }

  private connected(): Promise<Client> {
    this.client ??= this.connect();
    return this.client;
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: this.timeout,
      query_timeout: this.timeout,
      // The server gives up first, so that a call that nobody waits for any more does not keep the lock.
      options: `-c transaction_timeout=${String(Math.ceil(this.timeout * 0.9))}`,
      application_name: 'ledgerdesk-append',
    });
    client.on('error', () => {
      this.drop(client);
    });
    try {
      await client.connect();
      return client;
    } catch (error) {
      this.client = undefined;
      throw error;
    }
  }

  private drop(client: Client): void {
    this.client = undefined;
    // Ending waits for a reply of the server, which may never come; nobody waits for that.
    client.end().catch(() => undefined);
  }
}

function parameters(batch: readonly PendingAppend[]): unknown[] {
  const events = batch.flatMap((append) => append.events);
  return [
    batch.map(({ stream }) => stream),
    batch.map(({ expected }) => (expected === 'no_stream' ? -1 : expected)),
    batch.map((append) => append.events.length),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ data }) => data),
    events.map(({ metadata }) => metadata),
  ];
}
