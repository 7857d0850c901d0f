import { Injectable, computed, inject, signal } from '@angular/core';
import { Api, getSecondFactor } from '@ledgerdesk/web-api';
import type { SecondFactor } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

/** Whether a code is asked for when the person signs in, as the server said last. */
@Injectable()
export class OwnSecondFactor {
  private readonly api = inject(Api);
  private readonly answer = signal<SecondFactor | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);

  readonly state = this.answer.asReadonly();
  readonly problem = this.failure.asReadonly();
  readonly loading = computed(() => this.answer() === undefined && this.failure() === undefined);

  constructor() {
    void this.read();
  }

  async read(): Promise<void> {
    try {
      this.answer.set(await this.api.invoke(getSecondFactor));
      this.failure.set(undefined);
    } catch (error) {
      this.failure.set(problemOf(error));
    }
  }
}
