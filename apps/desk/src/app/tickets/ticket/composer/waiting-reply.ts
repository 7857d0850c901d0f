import { Component, computed, inject, input, output } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { ScheduledReply } from '@ledgerdesk/web-api';
import { Icon, Language } from '@ledgerdesk/web-ui';
import type { IconName } from '@ledgerdesk/web-ui';
import { refusalOfCode } from '../../stores/refusal-text';
import { ScheduledReplies } from '../../stores/scheduled-replies';
import type { SendLater, SendLaterQuestion } from '../dialogs/send-later-dialog';
import { instantText } from '../words/instant';
import { DraftKeeper } from './draft-keeper';

const SECOND = 1_000;
/** Up to so many milliseconds before it leaves, the seconds are counted. */
const SOON = 61_000;
/** A reply that has been with a worker for so long may be handed out again. */
const STUCK = 60_000;

/** One reply that has not left yet: when it will, or why it did not, and what its author can do. */
@Component({
  selector: 'ld-waiting-reply',
  imports: [Icon, TranslocoPipe],
  templateUrl: './waiting-reply.html',
  styleUrl: './waiting-reply.scss',
})
export class WaitingReply {
  readonly reply = input.required<ScheduledReply>();
  /** Newest version of the ticket, where the person can see it: sending means to have seen it. */
  readonly version = input<number>();
  /** Milliseconds since the epoch. */
  readonly now = input.required<number>();
  /** Shown away from its ticket, which can be opened from here. */
  readonly elsewhere = input(false);
  readonly takenBack = output();
  readonly opened = output();
  private readonly replies = inject(ScheduledReplies);
  private readonly keeper = inject(DraftKeeper);
  private readonly dialog = inject(MatDialog);
  private readonly texts = inject(TranslocoService);
  private readonly language = inject(Language);

  private readonly left = computed(() => Date.parse(this.reply().sendAt) - this.now());
  /** What the person sees: about to leave, leaving, later, or back with its author. */
  protected readonly phase = computed(() => {
    const { state } = this.reply();
    if (state === 'held' || state === 'failed') return 'back';
    if (state === 'sending' || this.left() <= 0) return 'sending';
    return this.left() < SOON ? 'soon' : 'later';
  });
  protected readonly stuck = computed(() => this.phase() === 'sending' && this.left() < -STUCK);
  protected readonly icon = computed((): IconName => {
    if (this.phase() === 'back') return 'warning';
    return this.phase() === 'later' ? 'schedule_send' : 'send';
  });
  protected readonly status = computed(() => {
    const { state, reason, sendAt } = this.reply();
    if (state === 'held') return this.texts.translate('waiting.held');
    if (state === 'failed') {
      return this.texts.translate('waiting.failed', { reason: refusalOfCode(reason ?? '', this.texts) });
    }
    if (this.phase() === 'sending') return this.texts.translate('waiting.sending');
    const seconds = Math.ceil(this.left() / SECOND);
    return this.phase() === 'soon'
      ? this.texts.translate('waiting.soon', { seconds })
      : this.texts.translate('waiting.at', { at: instantText(sendAt, 'moment', this.language.current()) });
  });

  protected async takeBack(): Promise<void> {
    await this.keeper.flush();
    const { ticketId } = this.reply();
    const draft = await this.replies.takeBackReply(this.reply());
    if (draft === undefined) return;
    this.keeper.take(ticketId, draft);
    this.takenBack.emit();
  }

  /** What held it has been read when it is sent all the same; anything newer holds it again. */
  protected sendNow(): void {
    const reply = this.reply();
    void this.replies.sendScheduledReply(reply, reply.state === 'held' ? this.version() : undefined);
  }

  protected async changeTime(): Promise<void> {
    const { SendLaterDialog } = await import('../dialogs/send-later-dialog');
    this.dialog
      .open<unknown, SendLaterQuestion, SendLater>(SendLaterDialog, {
        data: { maySolve: false, sendAt: this.reply().sendAt },
        width: '480px',
      })
      .afterClosed()
      .subscribe((wish) => {
        if (wish !== undefined) void this.replies.changeScheduledReply(this.reply(), wish.sendAt);
      });
  }
}
