import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  Component,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { addNote, sendReply } from '@ledgerdesk/web-api';
import type { SendReply, Ticket, TimelineEntry } from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { Icon, KeyCaps, Toasts } from '@ledgerdesk/web-ui';
import { CurrentTicket } from '../../stores/current-ticket';
import { refusalText } from '../../stores/refusal-text';
import { ScheduledReplies } from '../../stores/scheduled-replies';
import { TicketCommands } from '../../stores/ticket-commands';
import { TicketActions } from '../actions/ticket-actions';
import type { SendLater, SendLaterQuestion } from '../dialogs/send-later-dialog';
import { ActorNames } from '../words/actor-names';
import { DraftKeeper } from './draft-keeper';
import type { Written } from './draft-keeper';
import { DraftConflict } from './draft-conflict';
import { Drafts } from './drafts';
import type { Draft, WritingMode } from './drafts';
import { WaitingReplies } from './waiting-replies';

/** The ticket went on meanwhile: a message came, or its status does not take one any more. */
const CONFLICT = 409;

/**
 * Where a reply or a note is written. The two never look alike: frame, colour, label and recipients differ. What arrived since
 * the writer began holds the sending back until they have seen it.
 */
@Component({
  selector: 'ld-composer',
  imports: [CdkTextareaAutosize, DraftConflict, Icon, KeyCaps, MatButton, TranslocoPipe, WaitingReplies],
  templateUrl: './composer.html',
  styleUrl: './composer.scss',
})
export class Composer {
  readonly ticket = input.required<Ticket>();
  /** The ticket's entries, oldest first. */
  readonly entries = input.required<readonly TimelineEntry[]>();
  /** Something was sent. */
  readonly done = output();

  protected readonly open = signal(false);
  protected readonly mode = signal<WritingMode>('reply');
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly reply = signal('');
  private readonly note = signal('');
  private readonly seen = signal<number | undefined>(undefined);
  protected readonly text = computed(() => (this.mode() === 'reply' ? this.reply() : this.note()));
  protected readonly ready = computed(() => !this.busy() && this.text().trim() !== '');
  protected readonly recipient = computed(
    () => this.ticket().requester.name ?? this.ticket().requester.address ?? this.texts.translate('ticket.erased'),
  );
  /** Messages that came after the version the writer had seen; a note does not mind them. */
  protected readonly arrivals = computed(() => {
    const seen = this.seen();
    if (seen === undefined || this.mode() === 'note') return [];
    return this.entries().filter(
      ({ kind, ticketId, revision }) =>
        ticketId === this.ticketId() && revision > seen && (kind === 'customer_message' || kind === 'public_reply'),
    );
  });

  private readonly ticketId = computed(() => this.ticket().id);
  private readonly field = viewChild<ElementRef<HTMLTextAreaElement>>('field');
  private readonly commands = inject(TicketCommands);
  private readonly current = inject(CurrentTicket);
  private readonly actions = inject(TicketActions);
  private readonly actors = inject(ActorNames);
  private readonly drafts = inject(Drafts);
  protected readonly keeper = inject(DraftKeeper);
  private readonly replies = inject(ScheduledReplies);
  private readonly session = inject(Session);
  private readonly dialog = inject(MatDialog);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);
  private readonly injector = inject(Injector);

  constructor() {
    effect(() => {
      const shown = this.keeper.shown();
      const draft = shown?.ticketId === this.ticketId() ? shown.draft : undefined;
      untracked(() => {
        this.take(draft);
      });
    });
  }

  /** Opens it in one of the two voices and puts the cursor there. */
  write(mode: WritingMode): void {
    if (mode === 'reply' ? !this.mayReply() : !this.mayNote()) return;
    if (this.mode() !== mode || !this.open()) this.refusal.set(undefined);
    this.mode.set(mode);
    this.open.set(true);
    this.seen.update((seen) => seen ?? this.ticket().version);
    afterNextRender(() => this.field()?.nativeElement.focus(), { injector: this.injector });
  }

  protected mayReply(): boolean {
    return this.actions.may('reply');
  }

  protected mayNote(): boolean {
    return this.actions.may('note');
  }

  protected mayPend(): boolean {
    return this.actions.may('pend');
  }

  protected maySolve(): boolean {
    return this.actions.may('solve');
  }

  protected author(entry: TimelineEntry): string {
    return this.actors.authorOf(entry, this.ticket().requester);
  }

  protected unsaved(): string | undefined {
    const problem = this.keeper.problem();
    return problem === undefined ? undefined : refusalText(problem, this.texts);
  }

  protected typed(text: string): void {
    (this.mode() === 'reply' ? this.reply : this.note).set(text);
    this.keep();
  }

  /** Puts it away; what was written stays. */
  protected rest(): void {
    this.open.set(false);
    if (this.reply().trim() === '') this.seen.set(undefined);
  }

  /** The writer has read what arrived. */
  protected acknowledge(): void {
    const own = this.entries().filter(({ ticketId }) => ticketId === this.ticketId());
    this.seen.set(Math.max(this.ticket().version, ...own.map(({ revision }) => revision)));
    this.keep();
    this.field()?.nativeElement.focus();
  }

  protected sent(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    void this.send();
  }

  /** Asks for a moment, and schedules the reply for it. */
  protected async later(): Promise<void> {
    if (!this.ready() || this.arrivals().length > 0) return;
    const { SendLaterDialog } = await import('../dialogs/send-later-dialog');
    this.dialog
      .open<unknown, SendLaterQuestion, SendLater>(SendLaterDialog, {
        data: { maySolve: this.maySolve() },
        width: '480px',
      })
      .afterClosed()
      .subscribe((wish) => {
        if (wish !== undefined) void this.send(wish.solve ? 'solved' : undefined, wish.sendAt);
      });
  }

  protected async send(thenStatus?: SendReply['thenStatus'], sendAt?: string): Promise<void> {
    if (!this.ready() || this.arrivals().length > 0) return;
    const ticketId = this.ticketId();
    const mode = this.mode();
    this.busy.set(true);
    this.refusal.set(undefined);
    const problem = await this.carry(this.text().trim(), thenStatus, sendAt);
    this.busy.set(false);
    if (ticketId !== this.ticketId()) this.sentElsewhere(ticketId, mode, problem);
    else if (problem === undefined) this.finish();
    else await this.refused(problem);
  }

  /** The writer went on to another ticket before the answer came: there, only the draft is left to be put right. */
  private sentElsewhere(ticketId: string, mode: WritingMode, problem: Problem | undefined): void {
    const draft = this.drafts.get(ticketId);
    if (problem !== undefined) this.toasts.refused(refusalText(problem, this.texts));
    else if (draft !== undefined) void this.keeper.sent(ticketId, { ...draft, [mode]: '', seen: undefined });
  }

  /** A reply waits a moment, in which it can be taken back, unless the workspace wants it to leave at once. */
  private carry(body: string, thenStatus: SendReply['thenStatus'], sendAt?: string): Promise<Problem | undefined> {
    if (this.mode() === 'note') return this.commands.add(addNote, { body });
    const seenVersion = this.seen() ?? this.ticket().version;
    const reply = { body, seenVersion, ...(thenStatus === undefined ? {} : { thenStatus }) };
    const waits = sendAt !== undefined || (this.session.me()?.workspace.undoSendSeconds ?? 0) > 0;
    if (!waits) return this.commands.add(sendReply, reply);
    return this.replies.scheduleReply(this.ticketId(), { ...reply, ...(sendAt === undefined ? {} : { sendAt }) });
  }

  private finish(): void {
    (this.mode() === 'reply' ? this.reply : this.note).set('');
    this.seen.set(undefined);
    void this.keeper.sent(this.ticketId(), this.written());
    this.open.set(false);
    void this.current.read();
    this.done.emit();
  }

  /** What was written stays; what arrived meanwhile is read, so that the writer sees it. */
  private async refused(problem: Problem): Promise<void> {
    if (problem.status === CONFLICT) await this.current.read();
    this.refusal.set(refusalText(problem, this.texts));
  }

  private take(draft: Draft | undefined): void {
    this.reply.set(draft?.reply ?? '');
    this.note.set(draft?.note ?? '');
    this.mode.set(draft?.mode ?? 'reply');
    this.seen.set(draft?.seen);
    this.refusal.set(undefined);
    this.open.set(draft !== undefined);
  }

  private keep(): void {
    this.keeper.keep(this.written());
  }

  private written(): Written {
    return { mode: this.mode(), reply: this.reply(), note: this.note(), seen: this.seen() };
  }
}
