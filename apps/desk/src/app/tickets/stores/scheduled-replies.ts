import { Injectable, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { TranslocoService } from '@jsverse/transloco';
import {
  Api,
  changeScheduledReply,
  listScheduledReplies,
  scheduleReply,
  sendScheduledReply,
  takeBackReply,
} from '@ledgerdesk/web-api';
import type { Draft, ScheduledReply, ScheduleReply } from '@ledgerdesk/web-api';
import { LiveDesk } from '@ledgerdesk/web-realtime';
import { Session, problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { Toasts } from '@ledgerdesk/web-ui';
import { refusalText } from './refusal-text';

const etagOf = ({ version }: ScheduledReply): string => `"${version}-desk"`;

/** This person's replies that wait to be sent, in all tickets; other tabs and the worker change them too. */
@Injectable({ providedIn: 'root' })
export class ScheduledReplies {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);
  private readonly list = signal<readonly ScheduledReply[]>([]);
  /** Every reading gets a number, so that an answer that was overtaken is dropped. */
  private reading = 0;
  /** The next one first. */
  readonly waiting = this.list.asReadonly();
  /** Those that need their author. */
  readonly returned = computed(() => this.list().filter(({ state }) => state === 'held' || state === 'failed'));

  constructor() {
    const live = inject(LiveDesk);
    live.drafts.pipe(takeUntilDestroyed()).subscribe(({ what }) => {
      if (what === 'reply') void this.read();
    });
    live.resync.pipe(takeUntilDestroyed()).subscribe(() => void this.read());
    void this.read();
  }

  /** Reads them again. What can not be read stays as it was; the next change tells. */
  async read(): Promise<void> {
    if (!this.session.can('reply', 'Ticket')) return;
    const reading = ++this.reading;
    try {
      const { data } = await this.api.invoke(listScheduledReplies);
      if (reading === this.reading) this.list.set(data);
    } catch {
      return;
    }
  }

  /** Keeps a reply that will be sent. Resolves to the refusal, if any. */
  async scheduleReply(ticketId: string, body: ScheduleReply): Promise<Problem | undefined> {
    try {
      this.put(await this.api.invoke(scheduleReply, { ticketId, body }));
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  /** Now. `seenVersion`: what arrived up to there has been read. */
  async sendScheduledReply(reply: ScheduledReply, seenVersion?: number): Promise<void> {
    const body = seenVersion === undefined ? {} : { seenVersion };
    await this.attempt(async () => {
      const params = { replyId: reply.id, 'If-Match': etagOf(reply), body };
      this.put(await this.api.invoke(sendScheduledReply, params));
    });
  }

  /** @param sendAt RFC 3339 */
  async changeScheduledReply(reply: ScheduledReply, sendAt: string): Promise<void> {
    await this.attempt(async () => {
      const params = { replyId: reply.id, 'If-Match': etagOf(reply), body: { sendAt } };
      this.put(await this.api.invoke(changeScheduledReply, params));
    });
  }

  /** Whatever its version: who takes it back wants it not to be sent. Resolves to the draft with its text, or undefined. */
  async takeBackReply({ id }: ScheduledReply): Promise<Draft | undefined> {
    return this.attempt(async () => {
      const draft = await this.api.invoke(takeBackReply, { replyId: id, 'If-Match': '*' });
      this.list.update((replies) => replies.filter((reply) => reply.id !== id));
      return draft;
    });
  }

  private put(reply: ScheduledReply): void {
    this.list.update((replies) =>
      [...replies.filter(({ id }) => id !== reply.id), reply].sort((a, b) => a.sendAt.localeCompare(b.sendAt)),
    );
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
      await this.read();
      return undefined;
    }
  }
}
