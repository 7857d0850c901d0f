import { Injectable, computed, inject, signal } from '@angular/core';
import { Api, listCustomers } from '@ledgerdesk/web-api';
import type { Customer } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

const PAGE = 50;

/** The customers that a search finds, a page at a time. */
@Injectable()
export class CustomerList {
  private readonly api = inject(Api);
  private readonly list = signal<readonly Customer[]>([]);
  private readonly reading = signal(false);
  private readonly failure = signal<Problem | undefined>(undefined);
  private q: string | undefined;
  private next: string | undefined;
  /** Every reading gets a number, so that an answer that was overtaken is dropped. */
  private turn = 0;

  readonly rows = this.list.asReadonly();
  readonly problem = this.failure.asReadonly();
  readonly loading = computed(() => this.reading() && this.list().length === 0);
  readonly empty = computed(() => !this.reading() && this.failure() === undefined && this.list().length === 0);

  /** Shows who matches a name or an address; everybody without one. */
  async ask(q: string | undefined): Promise<void> {
    this.q = q;
    this.next = undefined;
    this.list.set([]);
    await this.fetch();
  }

  async more(): Promise<void> {
    if (this.next !== undefined && !this.reading()) await this.fetch();
  }

  private async fetch(): Promise<void> {
    const turn = ++this.turn;
    const after = this.next;
    this.reading.set(true);
    this.failure.set(undefined);
    try {
      const answer = await this.api.invoke(listCustomers, {
        limit: PAGE,
        ...(this.q === undefined ? {} : { q: this.q }),
        ...(after === undefined ? {} : { after }),
      });
      if (turn !== this.turn) return;
      this.list.update((rows) => [...rows, ...answer.data]);
      this.next = answer.page.hasMore ? (answer.page.next ?? undefined) : undefined;
    } catch (error) {
      if (turn === this.turn) this.failure.set(problemOf(error));
    } finally {
      if (turn === this.turn) this.reading.set(false);
    }
  }
}
