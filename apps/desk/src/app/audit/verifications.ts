import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { Api, listVerifications, verifyLedger } from '@ledgerdesk/web-api';
import type { Verification } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

const ASK_EVERY_MS = 1_000;

/** The checks of the workspace's ledger, newest first; asks again while one is on its way. */
@Injectable()
export class Verifications {
  private readonly api = inject(Api);
  private readonly list = signal<readonly Verification[] | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private gone = false;

  readonly problem = this.failure.asReadonly();
  readonly loading = computed(() => this.list() === undefined && this.failure() === undefined);
  readonly running = computed(() => this.list()?.find(({ state }) => state === 'waiting' || state === 'running'));
  readonly ended = computed(() => (this.list() ?? []).filter(({ state }) => state === 'done' || state === 'failed'));

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.gone = true;
      clearTimeout(this.timer);
    });
  }

  async read(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const { data } = await this.api.invoke(listVerifications);
      this.list.set(data);
      this.failure.set(undefined);
    } catch (error) {
      this.failure.set(problemOf(error));
    }
    if (this.running() !== undefined && !this.gone) this.timer = setTimeout(() => void this.read(), ASK_EVERY_MS);
  }

  /** @throws what the server refuses */
  async verifyLedger(): Promise<void> {
    await this.api.invoke(verifyLedger, { body: {} });
    await this.read();
  }
}
