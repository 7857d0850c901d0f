import { Injectable, computed, inject, signal } from '@angular/core';
import { Api, endOtherSessions, endSession, listSessions } from '@ledgerdesk/web-api';
import type { OwnSession, OwnSessionList } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

/** Where the person is signed in, as the server said last. */
@Injectable()
export class OwnSessions {
  private readonly api = inject(Api);
  private readonly answer = signal<OwnSessionList | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);

  readonly rows = computed<readonly OwnSession[]>(() => this.answer()?.data ?? []);
  readonly hasMore = computed(() => this.answer()?.hasMore === true);
  readonly hasOthers = computed(() => this.rows().some(({ current }) => !current));
  readonly loading = computed(() => this.answer() === undefined && this.failure() === undefined);
  readonly problem = this.failure.asReadonly();

  constructor() {
    void this.read();
  }

  async read(): Promise<void> {
    try {
      this.answer.set(await this.api.invoke(listSessions));
      this.failure.set(undefined);
    } catch (error) {
      this.failure.set(problemOf(error));
    }
  }

  /** @throws what the api refused it with */
  async end({ id }: OwnSession): Promise<void> {
    await this.api.invoke(endSession, { sessionId: id });
    await this.read();
  }

  /** How many that were. @throws what the api refused it with */
  async endOthers(): Promise<number> {
    const { ended } = await this.api.invoke(endOtherSessions);
    await this.read();
    return ended;
  }
}
