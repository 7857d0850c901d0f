import { Client } from 'pg';
import { LEDGER_CHANNEL } from './append-function.js';

/** How often followers look without being told: the net under notifications that got lost. */
const POLL_MILLISECONDS = 2_000;
const RECONNECT_MILLISECONDS = 500;

/** One connection that listens for commits and wakes everyone who waits for more of the log. */
export class WakeUp {
  private readonly sleepers = new Set<() => void>();
  private client: Client | undefined;
  private starting: Promise<void> | undefined;
  private closed = false;
  private count = 0;

  constructor(
    private readonly url: string,
    private readonly timeout: number,
  ) {}

  /** Changes with every wake-up; take it before looking at the log, so that nothing in between is slept through. */
  get seen(): number {
    return this.count;
  }

  /** Sleeps until the next commit after `seen` was taken, at most until the next poll, or until `stop`. */
  async sleep(seen: number, stop: AbortSignal): Promise<void> {
    this.start();
    if (this.count !== seen || stop.aborted || this.closed) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', wake);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, POLL_MILLISECONDS);
      stop.addEventListener('abort', wake);
      this.sleepers.add(wake);
    });
  }

  /** Opens the listening connection; until it stands, the poll is all there is. */
  start(): void {
    this.starting ??= this.connect();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.wakeAll();
    await this.starting;
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: this.timeout,
      keepAlive: true,
      application_name: 'ledgerdesk-listen',
    });
    client.on('notification', () => {
      this.wakeAll();
    });
    client.on('error', () => undefined);
    // A connection that could not be made ends as well: whatever is told about it, one other follows it and not two.
    let isOver = false;
    const over = (): void => {
      if (!isOver) this.reconnectLater();
      isOver = true;
    };
    client.on('end', over);
    try {
      await client.connect();
      await client.query(`listen ${LEDGER_CHANNEL}`);
      this.client = client;
      // Whatever was committed before the connection stood was not announced to it.
      this.wakeAll();
    } catch {
      client.end().catch(() => undefined);
      over();
    }
  }

  private reconnectLater(): void {
    if (this.closed) return;
    this.client = undefined;
    setTimeout(() => {
      if (!this.closed) this.starting = this.connect();
    }, RECONNECT_MILLISECONDS).unref();
  }

  private wakeAll(): void {
    this.count += 1;
    for (const wake of [...this.sleepers]) wake();
  }
}
