import { setTimeout as delay } from 'node:timers/promises';
import type { KeyRing } from '@ledgerdesk/event-store';
import type { ExportSources } from '../export/export-ledger.js';
import { writeExport } from '../export/write-export.js';
import {
  claimExport,
  type ClaimedExport,
  finishExport,
  giveUpExport,
  noteExportProgress,
  removeExpiredExports,
} from './ledger-export-table.js';
import { keptFileKey } from './kept-file-key.js';
import { StoredFile } from './stored-file.js';

export interface ExportRunnerOptions extends ExportSources {
  readonly ring: KeyRing;
  readonly onFailure?: (error: Error) => void;
  /** Milliseconds between two looks for something to do; 1,000 by default. */
  readonly lookEvery?: number;
}

const MOST_ATTEMPTS = 3;
const TELL_EVERY_MS = 1_000;
const TIDY_EVERY_MS = 60_000;

/** Makes the exports that were asked for in the desk, one after another. Any number of processes may run one. */
export class ExportRunner {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private tidied = -TIDY_EVERY_MS;

  constructor(private readonly options: ExportRunnerOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Makes the next one; `false` when there is none. */
  async runNext(): Promise<boolean> {
    const { connections } = this.options;
    await this.tidy();
    const claimed = await connections.use((sql) => claimExport(sql));
    if (!claimed) return false;
    try {
      await this.make(claimed);
    } catch (error) {
      const isLast = claimed.attempts >= MOST_ATTEMPTS;
      await connections.use((sql) => giveUpExport(sql, claimed, isLast));
      throw error;
    }
    return true;
  }

  private async make(claimed: ClaimedExport): Promise<void> {
    const { connections, ring } = this.options;
    const { workspaceId, slug, requestedAt } = claimed;
    const fileKey = await keptFileKey(ring, claimed);
    const wish = {
      workspaceId,
      slug,
      exportedAt: requestedAt.toISOString(),
      fileKey,
      onProgress: this.progress(claimed),
    };
    const target = new StoredFile(connections, claimed);
    const report = await writeExport(this.options, wish, target, this.stopping.signal);
    await connections.use((sql) => finishExport(sql, claimed, report));
  }

  private progress(claimed: ClaimedExport): (events: number) => void {
    let told = 0;
    return (events) => {
      if (performance.now() - told < TELL_EVERY_MS) return;
      told = performance.now();
      this.options.connections
        .use((sql) => noteExportProgress(sql, claimed, events))
        .catch((error: unknown) => {
          this.failed(error);
        });
    };
  }

  private async tidy(): Promise<void> {
    if (performance.now() - this.tidied < TIDY_EVERY_MS) return;
    this.tidied = performance.now();
    await this.options.connections.use((sql) => removeExpiredExports(sql));
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
