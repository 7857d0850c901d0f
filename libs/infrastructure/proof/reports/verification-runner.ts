import { setTimeout as delay } from 'node:timers/promises';
import type { EventStore } from '@ledgerdesk/event-store';
import type { Connections } from '@ledgerdesk/read-store';
import { currentKey } from '../sealing/key-chain.js';
import { newestSeal } from '../sealing/seal-table.js';
import { verifyLedger } from '../verify/verify-ledger.js';
import { signReport } from './report.js';
import {
  claimVerification,
  type ClaimedVerification,
  finishVerification,
  giveUpVerification,
  noteProgress,
} from './verification-table.js';

export interface VerificationRunnerOptions {
  readonly store: EventStore;
  /** Connections of the role `ld_project`. */
  readonly connections: Connections;
  readonly installationKey: Uint8Array;
  readonly anchorFile?: string;
  readonly onFailure?: (error: Error) => void;
  /** Milliseconds between two looks for something to do; 1,000 by default. */
  readonly lookEvery?: number;
}

const MOST_ATTEMPTS = 3;
const TELL_EVERY_MS = 1_000;

/** Runs the verifications that were asked for, one after another. Any number of processes may run one. */
export class VerificationRunner {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: VerificationRunnerOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Runs the next one; `false` when there is none. */
  async runNext(): Promise<boolean> {
    const { connections } = this.options;
    const claimed = await connections.use((sql) => claimVerification(sql));
    if (!claimed) return false;
    try {
      // A process that dies of a verification can't say so; the next one must not die of it for ever.
      if (claimed.attempts > MOST_ATTEMPTS) throw new Error('A verification was tried too often.');
      await this.verify(claimed);
    } catch (error) {
      const isLast = claimed.attempts >= MOST_ATTEMPTS;
      await connections.use((sql) => giveUpVerification(sql, claimed, isLast));
      throw error;
    }
    return true;
  }

  private async verify(claimed: ClaimedVerification): Promise<void> {
    const { connections, store, installationKey, anchorFile } = this.options;
    const verdict = await verifyLedger({
      store,
      connections,
      trust: { installationKey },
      workspace: claimed.workspaceId,
      ...(anchorFile !== undefined && { anchorFile }),
      onProgress: this.progress(claimed),
    });
    await connections.use(async (sql) => {
      const { now } = await newestSeal(sql);
      const { key } = await currentKey(sql, installationKey);
      const { workspaceId: workspace, requestedBy } = claimed;
      const facts = { workspace, requestedBy, checkedAt: now };
      await finishVerification(sql, claimed, verdict.events, signReport(verdict, facts, key));
    });
  }

  /** Tells how far it is, once per second; also stops the work when the process stops. */
  private progress(claimed: ClaimedVerification): (events: number) => void {
    let told = 0;
    return (events) => {
      this.stopping.signal.throwIfAborted();
      if (performance.now() - told < TELL_EVERY_MS) return;
      told = performance.now();
      this.options.connections
        .use((sql) => noteProgress(sql, claimed, events))
        .catch((error: unknown) => {
          this.failed(error);
        });
    };
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const worked = await this.runNext().catch((error: unknown) => {
        if (!signal.aborted) this.failed(error);
        return false;
      });
      if (!worked) await delay(this.options.lookEvery ?? 1_000, undefined, { signal }).catch(() => undefined);
    }
  }

  private failed(error: unknown): void {
    this.options.onFailure?.(error instanceof Error ? error : new Error(String(error)));
  }
}
