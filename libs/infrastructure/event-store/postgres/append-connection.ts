import { Client } from 'pg';
import type { PendingAppend } from './append-queue.js';
import { integerArray, textArray, uuidArray } from './binary-arrays.js';
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
  text: 'select outcome, actual, position from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
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

function parameters(batch: readonly PendingAppend[]): Buffer[] {
  const expected = batch.map((append) => (append.expected === 'no_stream' ? -1 : append.expected));
  const events = batch.flatMap((append, command) =>
    append.events.map((event, index) => ({
      ...event,
      command: command + 1,
      stream: append.stream,
      revision: (expected[command] ?? -1) + 1 + index,
    })),
  );
  return [
    textArray(batch.map(({ stream }) => stream)),
    integerArray(expected),
    integerArray(batch.map((append) => append.events.length)),
    integerArray(events.map(({ command }) => command)),
    textArray(events.map(({ stream }) => stream)),
    integerArray(events.map(({ revision }) => revision)),
    uuidArray(events.map(({ id }) => id)),
    textArray(events.map(({ type }) => type)),
    textArray(events.map(({ data }) => data)),
    textArray(events.map(({ metadata }) => metadata)),
  ];
}
