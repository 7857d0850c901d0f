import { Injectable, computed, inject, signal } from '@angular/core';
import { Api, exportChanges, listChanges } from '@ledgerdesk/web-api';
import type { ConfigurationChange, ConfigurationKind } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

/** Which changes are shown; all given filters must hold. Instants are RFC 3339, of recording. */
export interface ChangeQuestion {
  readonly kind?: ConfigurationKind | '' | undefined;
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly q?: string | undefined;
}

const PAGE = 50;

/** The changes of the configuration, newest first, a page at a time. */
@Injectable()
export class ChangeList {
  private readonly api = inject(Api);
  private readonly list = signal<readonly ConfigurationChange[]>([]);
  private readonly reading = signal(false);
  private readonly failure = signal<Problem | undefined>(undefined);
  private readonly next = signal<string | undefined>(undefined);
  private question: ChangeQuestion = {};
  /** Every reading gets a number, so that an answer that was overtaken is dropped. */
  private turn = 0;

  readonly rows = this.list.asReadonly();
  readonly problem = this.failure.asReadonly();
  readonly busy = this.reading.asReadonly();
  readonly hasMore = computed(() => this.next() !== undefined);
  readonly loading = computed(() => this.reading() && this.list().length === 0);
  readonly empty = computed(() => !this.reading() && this.failure() === undefined && this.list().length === 0);

  async ask(question: ChangeQuestion): Promise<void> {
    this.question = question;
    this.next.set(undefined);
    this.list.set([]);
    await this.fetch();
  }

  async more(): Promise<void> {
    if (this.next() !== undefined && !this.reading()) await this.fetch();
  }

  /** All of them as a CSV file. @throws what the api refused it with */
  async file(): Promise<Blob> {
    return this.api.invoke(exportChanges, this.given());
  }

  private async fetch(): Promise<void> {
    const turn = ++this.turn;
    const after = this.next();
    this.reading.set(true);
    this.failure.set(undefined);
    try {
      const range = { limit: PAGE, ...(after === undefined ? {} : { after }) };
      const { data, page } = await this.api.invoke(listChanges, { ...this.given(), ...range });
      if (turn !== this.turn) return;
      this.list.update((rows) => [...rows, ...data]);
      this.next.set(page.hasMore ? (page.next ?? undefined) : undefined);
    } catch (error) {
      if (turn === this.turn) this.failure.set(problemOf(error));
    } finally {
      if (turn === this.turn) this.reading.set(false);
    }
  }

  private given(): object {
    return Object.fromEntries(Object.entries(this.question).filter(([, value]) => value !== undefined && value !== ''));
  }
}
