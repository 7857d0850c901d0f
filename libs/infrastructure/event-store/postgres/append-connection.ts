import { Client } from 'pg';
import type { Append } from '../append-history.js';
import type { HistoryEvent } from '../event-store.js';
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
  async append(batch: readonly Append[]): Promise<readonly AppendAnswer[]> {
    return this.call(parameters(batch, batch.flatMap(placed)));
  }

  /** The same for a history: the events keep the order they are given in, whatever their streams are. */
  async appendHistory(appends: readonly Append[], events: readonly HistoryEvent[]): Promise<readonly AppendAnswer[]> {
    const commands = new Map(appends.map(({ stream }, index) => [stream, index + 1]));
    const inOrder = events.map((event) => ({ ...event, command: commands.get(event.stream) ?? 0 }));
    return this.call(parameters(appends, inOrder));
  }

  private async call(values: Buffer[]): Promise<readonly AppendAnswer[]> {
    const client = await this.connected();
    try {
      const { rows } = await client.query<AppendAnswer>({ ...CALL, values });
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

/** An event with the number, from 1, of the append that it belongs to. */
type PlacedEvent = HistoryEvent & { readonly command: number };

function placed({ stream, expected, events }: Append, index: number): readonly PlacedEvent[] {
  const first = expected === 'no_stream' ? 0 : expected + 1;
  return events.map((event, offset) => ({ ...event, command: index + 1, stream, revision: first + offset }));
}

function parameters(appends: readonly Append[], events: readonly PlacedEvent[]): Buffer[] {
  return [
    textArray(appends.map(({ stream }) => stream)),
    integerArray(appends.map(({ expected }) => (expected === 'no_stream' ? -1 : expected))),
    integerArray(appends.map((append) => append.events.length)),
    integerArray(events.map(({ command }) => command)),
    textArray(events.map(({ stream }) => stream)),
    integerArray(events.map(({ revision }) => revision)),
    uuidArray(events.map(({ id }) => id)),
    textArray(events.map(({ type }) => type)),
    textArray(events.map(({ data }) => data)),
    textArray(events.map(({ metadata }) => metadata)),
  ];
}
