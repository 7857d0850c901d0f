import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

export interface ListenerOptions {
  /** Connection of the role `ld_app`. */
  readonly url: string;
  readonly channel: string;
  readonly onMessage: (payload: string) => void;
  /** Told whenever the connection is lost; it is made again by itself. What was told meanwhile is not heard. */
  readonly onFailure: (error: Error) => void;
}

const RECONNECT_MS = 500;

/** One connection that hears what transactions tell on a channel. */
export class Listener {
  private readonly closing = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: ListenerOptions) {}

  start(): void {
    this.running ??= this.listen();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  private async listen(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      try {
        await this.once();
      } catch (error) {
        this.options.onFailure(error instanceof Error ? error : new Error(String(error)));
      }
      await delay(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Listens until the connection ends. */
  private async once(): Promise<void> {
    const { url, channel, onMessage } = this.options;
    const client = new Client({ connectionString: url, application_name: 'ledgerdesk-listener', keepAlive: true });
    const ended = new Promise<void>((resolve, reject) => {
      client.on('error', reject);
      client.on('end', resolve);
      this.closing.signal.addEventListener('abort', () => {
        resolve();
      });
    });
    // Nobody waits for it while the connection is being made, which fails by itself then.
    ended.catch(() => undefined);
    client.on('notification', ({ payload = '' }) => {
      onMessage(payload);
    });
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      await ended;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
