import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { Api, changeReadModel, listReadModels } from '@ledgerdesk/web-api';
import type { ReadModelChange, ReadModelList } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

const MOVING_MS = 1_000;
const QUIET_MS = 10_000;

/** The read models of the installation, read again and again while somebody looks: often while something is under way. */
@Injectable()
export class ReadModels {
  private readonly api = inject(Api);
  private readonly answer = signal<ReadModelList | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isGone = false;

  readonly rows = computed(() => this.answer()?.data ?? []);
  readonly parked = computed(() => this.answer()?.parked ?? []);
  readonly mayChange = computed(() => this.answer()?.changedInDesk === true);
  readonly loading = computed(() => this.answer() === undefined && this.failure() === undefined);
  readonly problem = this.failure.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.isGone = true;
      clearTimeout(this.timer);
    });
    void this.read();
  }

  /** Shows what is there now, and looks again later. */
  async read(): Promise<void> {
    clearTimeout(this.timer);
    try {
      if (!document.hidden || this.answer() === undefined) this.show(await this.api.invoke(listReadModels));
    } catch (error) {
      this.failure.set(problemOf(error));
    }
    clearTimeout(this.timer);
    if (this.isGone) return;
    this.timer = setTimeout(() => void this.read(), this.isMoving() ? MOVING_MS : QUIET_MS);
  }

  /** Asks for a change, which a worker makes. @throws what the api refused it with */
  async change(name: string, change: ReadModelChange): Promise<void> {
    this.show(await this.api.invoke(changeReadModel, { name, body: { change } }));
    await this.read();
  }

  private show(answer: ReadModelList): void {
    this.answer.set(answer);
    this.failure.set(undefined);
  }

  private isMoving(): boolean {
    return this.rows().some(({ generations }) => generations.some(({ built, wish }) => !built || wish !== null));
  }
}
