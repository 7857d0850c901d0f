import { Injectable, computed, inject, signal } from '@angular/core';
import { Api, listLedger } from '@ledgerdesk/web-api';
import type { LedgerEvent } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

/** What of the ledger is shown; all given filters must hold. Instants are RFC 3339, of recording. */
export interface LedgerQuestion {
  readonly type?: string | undefined;
  readonly actor?: string | undefined;
  readonly stream?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const PAGE = 100;

/** The events of the workspace's ledger, newest first, a page at a time. */
@Injectable()
export class LedgerList {
  private readonly api = inject(Api);
  private readonly list = signal<readonly LedgerEvent[]>([]);
  private readonly reading = signal(false);
  private readonly failure = signal<Problem | undefined>(undefined);
  private readonly next = signal<string | undefined>(undefined);
  private question: LedgerQuestion = {};
  private withTexts = false;
  /** Every reading gets a number, so that an answer that was overtaken is dropped. */
  private turn = 0;

  readonly rows = this.list.asReadonly();
  readonly problem = this.failure.asReadonly();
  readonly hasMore = computed(() => this.next() !== undefined);
  readonly loading = computed(() => this.reading() && this.list().length === 0);
  readonly empty = computed(() => !this.reading() && this.failure() === undefined && this.list().length === 0);

  /** @param withTexts shows texts about people; what an auditor reads is itself recorded */
  async ask(question: LedgerQuestion, withTexts: boolean): Promise<void> {
    this.question = question;
    this.withTexts = withTexts;
    this.next.set(undefined);
    this.list.set([]);
    await this.fetch();
  }

  /** Reads the page after the last one; nothing when there is none or one is on its way. */
  async more(): Promise<void> {
    if (this.next() !== undefined && !this.reading()) await this.fetch();
  }

  private async fetch(): Promise<void> {
    const turn = ++this.turn;
    const after = this.next();
    this.reading.set(true);
    this.failure.set(undefined);
    try {
      const given = Object.entries(this.question).filter(([, value]) => value !== undefined && value !== '');
      const { data, page } = await this.api.invoke(listLedger, {
        limit: PAGE,
        ...Object.fromEntries(given),
        ...(this.withTexts ? { texts: 'true' } : {}),
        ...(after === undefined ? {} : { after }),
      });
      if (turn !== this.turn) return;
      this.list.update((rows) => [...rows, ...data]);
      this.next.set(page.hasMore ? (page.next ?? undefined) : undefined);
    } catch (error) {
      if (turn === this.turn) this.failure.set(problemOf(error));
    } finally {
      if (turn === this.turn) this.reading.set(false);
    }
  }
}
