import { Injectable, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Api, getDraft, saveDraft } from '@ledgerdesk/web-api';
import type { Draft as ServerDraft } from '@ledgerdesk/web-api';
import { LiveDesk } from '@ledgerdesk/web-realtime';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { CurrentTicket } from '../../stores/current-ticket';
import { Drafts } from './drafts';
import type { Draft } from './drafts';

/** What a person has written, without what only this keeper knows of it. */
export type Written = Omit<Draft, 'version' | 'saved'>;

/** A pause in the typing that is long enough to save what was written, in milliseconds. */
const PAUSE = 800;
const STALE = 412;

/**
 * Keeps what is written in the open ticket: at once in this browser, and after a pause on the server, where other tabs and devices
 * find it. What was written here and there at the same time is shown to the person, never overwritten.
 */
@Injectable({ providedIn: 'root' })
export class DraftKeeper {
  private readonly api = inject(Api);
  private readonly current = inject(CurrentTicket);
  private readonly drafts = inject(Drafts);
  private readonly taken = signal<{ readonly ticketId: string; readonly draft: Draft | undefined } | undefined>(
    undefined,
  );
  private readonly other = signal<ServerDraft | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);
  /** What the composer has to show: the draft of a ticket that was opened, or what came from elsewhere. */
  readonly shown = this.taken.asReadonly();
  /** What was written elsewhere and is not the same. */
  readonly conflict = this.other.asReadonly();
  /** Why the server does not keep it just now. */
  readonly problem = this.failure.asReadonly();
  private ticketId: string | undefined;
  /** Version on the server that the open ticket's draft goes on from. */
  private base = 0;
  private waiting: { readonly written: Written; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  private saving: Promise<void> = Promise.resolve();

  constructor() {
    effect(() => {
      const ticketId = this.current.id();
      untracked(() => void this.open(ticketId));
    });
    inject(LiveDesk)
      .drafts.pipe(takeUntilDestroyed())
      .subscribe(({ ticketId, what, version }) => {
        if (what !== 'draft' || ticketId !== this.ticketId) return;
        void this.saving.then(() => (version === this.base ? undefined : this.read(ticketId)));
      });
  }

  /** What the person has written so far in the open ticket. */
  keep(written: Written): void {
    const { ticketId } = this;
    if (ticketId === undefined) return;
    this.drafts.keep(ticketId, { ...written, version: this.base, saved: false });
    clearTimeout(this.waiting?.timer);
    this.waiting = { written, timer: setTimeout(() => void this.flush(), PAUSE) };
  }

  /** Something was sent: what is left is kept at once, so that nobody sends it twice from another tab. */
  async sent(ticketId: string, left: Written): Promise<void> {
    if (ticketId === this.ticketId) {
      this.keep(left);
      return this.flush();
    }
    const version = this.drafts.get(ticketId)?.version ?? 0;
    this.drafts.keep(ticketId, { ...left, version, saved: false });
    this.save(ticketId, left, version);
    await this.saving;
  }

  /** Saves what waits for a pause. */
  async flush(): Promise<void> {
    const { ticketId, waiting } = this;
    clearTimeout(waiting?.timer);
    this.waiting = undefined;
    if (ticketId !== undefined && waiting !== undefined) this.save(ticketId, waiting.written);
    await this.saving;
  }

  /** A draft that the server answered, e.g. with the text of a reply that was taken back. */
  take(ticketId: string, theirs: ServerDraft): void {
    const { reply, note, seenVersion, version } = theirs;
    const mode = reply.trim() === '' && note.trim() !== '' ? 'note' : 'reply';
    const draft: Draft = { mode, reply, note, seen: seenVersion ?? undefined, version, saved: true };
    this.drafts.keep(ticketId, draft);
    if (ticketId !== this.ticketId) return;
    this.base = version;
    this.other.set(undefined);
    this.taken.set({ ticketId, draft: isEmpty(theirs) ? undefined : draft });
  }

  /** The person wants what is here. */
  async keepMine(): Promise<void> {
    const theirs = this.other();
    const mine = this.ticketId === undefined ? undefined : this.drafts.get(this.ticketId);
    this.other.set(undefined);
    if (theirs === undefined || mine === undefined) return;
    this.base = theirs.version;
    this.keep(mine);
    await this.flush();
  }

  /** The person wants what was written elsewhere. */
  takeTheirs(): void {
    const theirs = this.other();
    if (theirs !== undefined && this.ticketId !== undefined) this.take(this.ticketId, theirs);
  }

  private async open(ticketId: string | undefined): Promise<void> {
    void this.flush();
    const draft = ticketId === undefined ? undefined : this.drafts.get(ticketId);
    this.ticketId = ticketId;
    this.base = draft?.version ?? 0;
    this.other.set(undefined);
    this.failure.set(undefined);
    this.taken.set(ticketId === undefined ? undefined : { ticketId, draft });
    if (ticketId !== undefined) await this.read(ticketId);
  }

  private async read(ticketId: string): Promise<void> {
    try {
      const theirs = await this.api.invoke(getDraft, { ticketId });
      if (ticketId === this.ticketId) this.compare(ticketId, theirs);
    } catch {
      // Without the server, this browser is all there is; saving says so.
      return;
    }
  }

  private compare(ticketId: string, theirs: ServerDraft): void {
    const mine = this.drafts.get(ticketId);
    // What was just emptied is about to be saved.
    if (mine === undefined && (this.waiting !== undefined || theirs.version === this.base)) return;
    if (mine === undefined || mine.saved === true) {
      this.take(ticketId, theirs);
    } else if (isSame(mine, theirs)) {
      this.base = theirs.version;
      this.drafts.keep(ticketId, { ...mine, version: theirs.version, saved: true });
    } else if (mine.version === theirs.version || isEmpty(theirs)) {
      this.base = theirs.version;
      this.keep(mine);
    } else {
      this.other.set(theirs);
    }
  }

  /** One save after the other, so that each is based on the one before. */
  private save(ticketId: string, written: Written, base = this.base): void {
    this.saving = this.saving.then(() => this.saveNow(ticketId, written, base));
  }

  private async saveNow(ticketId: string, { reply, note, seen }: Written, base: number): Promise<void> {
    const isOpen = ticketId === this.ticketId;
    if (isOpen && this.other() !== undefined) return;
    try {
      const body = { reply, note, seenVersion: seen ?? null };
      const based = `"${isOpen ? this.base : base}-desk"`;
      const { version } = await this.api.invoke(saveDraft, { ticketId, 'If-Match': based, body });
      const now = this.drafts.get(ticketId);
      if (now !== undefined)
        this.drafts.keep(ticketId, { ...now, version, saved: now.reply === reply && now.note === note });
      if (ticketId !== this.ticketId) return;
      this.base = version;
      this.failure.set(undefined);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status === STALE) await this.read(ticketId);
      else if (ticketId === this.ticketId) this.failure.set(problem);
    }
  }
}

function isEmpty({ reply, note }: ServerDraft): boolean {
  return reply.trim() === '' && note.trim() === '';
}

function isSame(mine: Draft, theirs: ServerDraft): boolean {
  return mine.reply === theirs.reply && mine.note === theirs.note;
}
