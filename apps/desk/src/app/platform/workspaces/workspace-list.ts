import { Injectable, computed, inject, signal } from '@angular/core';
import { Api, listPlatformWorkspaces } from '@ledgerdesk/web-api';
import type { PlatformWorkspaceLine } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

/** The workspaces that a search finds, a page at a time. */
@Injectable()
export class WorkspaceList {
  private readonly api = inject(Api);
  private readonly list = signal<readonly PlatformWorkspaceLine[]>([]);
  private readonly reading = signal(false);
  private readonly failure = signal<Problem | undefined>(undefined);
  private readonly next = signal<string | undefined>(undefined);
  private q: string | undefined;
  /** Every reading gets a number, so that an answer that was overtaken is dropped. */
  private turn = 0;

  readonly rows = this.list.asReadonly();
  readonly problem = this.failure.asReadonly();
  readonly hasMore = computed(() => this.next() !== undefined);
  readonly loading = computed(() => this.reading() && this.list().length === 0);
  readonly empty = computed(() => !this.reading() && this.failure() === undefined && this.list().length === 0);

  async ask(q: string | undefined): Promise<void> {
    this.q = q;
    this.next.set(undefined);
    this.list.set([]);
    await this.more();
  }

  async more(): Promise<void> {
    const turn = ++this.turn;
    const after = this.next();
    this.reading.set(true);
    this.failure.set(undefined);
    try {
      const answer = await this.api.invoke(listPlatformWorkspaces, {
        ...(this.q === undefined ? {} : { q: this.q }),
        ...(after === undefined ? {} : { after }),
      });
      if (turn !== this.turn) return;
      this.list.update((rows) => [...rows, ...answer.data]);
      this.next.set(answer.page.next ?? undefined);
    } catch (error) {
      if (turn === this.turn) this.failure.set(problemOf(error));
    } finally {
      if (turn === this.turn) this.reading.set(false);
    }
  }
}
