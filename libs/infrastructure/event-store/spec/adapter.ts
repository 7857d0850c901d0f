import type { EventStore } from '../event-store.js';

export interface OpenOptions {
  /** Port of a stand-in on 127.0.0.1 to connect to instead of the server itself. */
  readonly port?: number;
  /** Milliseconds until a silent server counts as hung. */
  readonly timeout?: number;
}

/** What the contract needs to know about an adapter: it opens any number of instances on one log. */
export interface ContractAdapter {
  /** An instance of the store; the suite closes it. */
  open(options?: OpenOptions): EventStore;
  /** Where the server listens, to put a stand-in before it. */
  readonly port: number;
  /** Events after which a checkpoint moves even when nothing matches. */
  readonly checkpointEvery: number;
  /** Disturbs the log from outside with slow commits and rollbacks of `events` until stopped; answers with what it committed. */
  disturb(): { stop(): Promise<readonly string[]> };
}
