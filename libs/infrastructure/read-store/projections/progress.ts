import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { PROGRESS_CHANNEL } from './checkpoint.js';
import type { LedgerPosition } from './ledger-consumer.js';

export interface ProjectionProgressOptions {
  /** Connection of the role `ld_app`. */
  readonly url: string;
  readonly compare: (a: LedgerPosition, b: LedgerPosition) => number;
  /** Told whenever the connection is lost; it is made again by itself. */
  readonly onFailure?: (error: Error) => void;
}

/** How far one consumer is. */
export interface ConsumerProgress {
  readonly consumer: string;
  readonly position: LedgerPosition;
  readonly parkedStreams: number;
  /** Seconds since it last moved, by the clock of the database. */
  readonly still: number;
}

interface Waiter {
  readonly position: LedgerPosition;
  readonly reached: () => void;
}

const RECONNECT_MS = 500;

/**
 * Knows how far the projections are without asking for it: one connection that listens. While that connection is away, reads
 * that wait for a position end as stale.
 */
export class ProjectionProgress {
  private readonly positions = new Map<string, LedgerPosition>();
  private readonly waiting = new Map<string, Set<Waiter>>();
  private readonly closing = new AbortController();
  private client: Client | undefined;
  private listening: Promise<void> | undefined;

  constructor(private readonly options: ProjectionProgressOptions) {}

  /** Resolves once it listens; reconnects for ever after. */
  async start(): Promise<void> {
    await this.connect();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.listening;
    await this.client?.end().catch(() => undefined);
  }

  /** Waits until the projection has seen the position, at most `ms` milliseconds. */
  async waitFor(projection: string, position: LedgerPosition, ms: number): Promise<'reached' | 'stale'> {
    if (this.hasReached(projection, position)) return 'reached';
    return new Promise((resolve) => {
      const waiters = this.waiting.get(projection) ?? new Set<Waiter>();
      this.waiting.set(projection, waiters);
      const end = (outcome: 'reached' | 'stale'): void => {
        clearTimeout(timer);
        waiters.delete(waiter);
        resolve(outcome);
      };
      const timer = setTimeout(end, ms, 'stale' as const);
      const waiter: Waiter = {
        position,
        reached: () => {
          end('reached');
        },
      };
      waiters.add(waiter);
    });
  }

  /** Every consumer with its position, as stored now. */
  async consumers(): Promise<readonly ConsumerProgress[]> {
    return this.client ? read(this.client) : [];
  }

  private hasReached(projection: string, position: LedgerPosition): boolean {
    const known = this.positions.get(projection);
    return known !== undefined && this.options.compare(known, position) >= 0;
  }

  private async connect(): Promise<void> {
    const client = new Client({ connectionString: this.options.url, application_name: 'ledgerdesk-progress' });
    client.on('error', (error) => {
      this.lost(client, error);
    });
    client.on('end', () => {
      this.lost(client, new Error('Postgres ended the connection.'));
    });
    client.on('notification', ({ payload = '' }) => {
      const space = payload.indexOf(' ');
      this.moved(payload.slice(0, space), payload.slice(space + 1));
    });
    await client.connect();
    // Listening begins before the positions are read, so that none is missed in between.
    await client.query(`listen ${PROGRESS_CHANNEL}`);
    for (const { consumer, position } of await read(client)) this.moved(consumer, position);
    this.client = client;
  }

  /** Takes also a position that is further back: a rebuild begins again. */
  private moved(consumer: string, position: LedgerPosition): void {
    this.positions.set(consumer, position);
    for (const waiter of this.waiting.get(consumer) ?? [])
      if (this.options.compare(position, waiter.position) >= 0) waiter.reached();
  }

  private lost(client: Client, error: Error): void {
    if (this.client !== client || this.closing.signal.aborted) return;
    this.client = undefined;
    this.positions.clear();
    this.options.onFailure?.(error);
    this.listening = this.reconnect();
  }

  private async reconnect(): Promise<void> {
    while (await this.mayTryAgain()) {
      try {
        await this.connect();
        return;
      } catch (error) {
        this.options.onFailure?.(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  private async mayTryAgain(): Promise<boolean> {
    const { signal } = this.closing;
    await delay(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }
}

async function read(client: Client): Promise<readonly ConsumerProgress[]> {
  const { rows } = await client.query<ConsumerProgress>(
    `select name as consumer, position, parked_streams as "parkedStreams", 
       extract(epoch from now() - moved_at)::float8 as still
     from ledger_checkpoint order by name`,
  );
  return rows;
}
