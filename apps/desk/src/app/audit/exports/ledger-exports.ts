import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { Api, downloadLedgerExport, exportLedger, listLedgerExports } from '@ledgerdesk/web-api';
import type { LedgerExport } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

const ASK_EVERY_MS = 1_000;

/** The exports of the workspace's ledger, newest first; asks again while one is being made. */
@Injectable()
export class LedgerExports {
  private readonly api = inject(Api);
  private readonly list = signal<readonly LedgerExport[] | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private gone = false;

  readonly problem = this.failure.asReadonly();
  readonly all = computed(() => this.list() ?? []);
  readonly loading = computed(() => this.list() === undefined && this.failure() === undefined);
  readonly running = computed(() => this.list()?.find(({ state }) => state === 'waiting' || state === 'running'));

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.gone = true;
      clearTimeout(this.timer);
    });
  }

  async read(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const { data } = await this.api.invoke(listLedgerExports);
      this.list.set(data);
      this.failure.set(undefined);
    } catch (error) {
      this.failure.set(problemOf(error));
    }
    if (this.running() !== undefined && !this.gone) this.timer = setTimeout(() => void this.read(), ASK_EVERY_MS);
  }

  /** @param passphrase puts the keys of texts into the file @throws what the server refuses */
  async exportLedger(passphrase: string | undefined): Promise<void> {
    await this.api.invoke(exportLedger, { body: passphrase === undefined ? {} : { passphrase } });
    await this.read();
  }

  /** The file; a browser keeps what is large on its disk. @throws what the server refuses */
  async downloadLedgerExport(id: string): Promise<Blob> {
    return this.api.invoke(downloadLedgerExport, { exportId: id });
  }
}
