import { Injectable, effect, inject, signal, untracked } from '@angular/core';
import { AccessToken, Session } from '@ledgerdesk/web-session';
import { Subject } from 'rxjs';
import type { Socket } from 'socket.io-client';
import type { Change, ClientMessages, DraftChange, Entry, Gone, ResumeAnswer, ServerMessages, Watch } from './messages';

/** How long the catch-up after a lost connection may take before reading everything again is the safer way. */
const RESUME_TIMEOUT_MS = 10_000;

/** The wait grows with each try: the last comes after half a minute. */
const WATCH_TRIES = 8;
const WATCH_AGAIN_MS = 1_000;

/** A server that can not be reached for a new token is asked again. */
const RENEW_AGAIN_MS = 2_000;

type DeskSocket = Socket<ServerMessages, ClientMessages>;

/**
 * What other people and the machine change, as it happens. After a lost connection it resumes from the last position it heard of
 * and loses nothing; when too much happened meanwhile it says `resync`, and lists read themselves again.
 */
@Injectable({ providedIn: 'root' })
export class LiveDesk {
  readonly changes = new Subject<Change>();
  readonly entries = new Subject<Entry>();
  readonly gone = new Subject<Gone>();
  readonly drafts = new Subject<DraftChange>();
  readonly resync = new Subject<void>();
  /** A watch stands, for the first time or again: what was read of an earlier version misses entries. */
  readonly watching = new Subject<Watch>();
  private readonly state = signal<'off' | 'connecting' | 'live' | 'lost'>('off');
  /** `lost` once a connection that stood has gone. */
  readonly connection = this.state.asReadonly();

  private readonly session = inject(Session);
  private readonly token = inject(AccessToken);
  private socket: DeskSocket | undefined;
  private position: string | undefined;
  private readonly watched = new Map<string, number>();

  constructor() {
    effect(() => {
      const signedIn = this.session.me() !== undefined;
      untracked(() => {
        if (signedIn) void this.open();
        else this.close();
      });
    });
  }

  /** Asks for the timeline entries of a ticket until the returned function is called. */
  watch(ticketId: string): () => void {
    this.watched.set(ticketId, (this.watched.get(ticketId) ?? 0) + 1);
    if (this.socket !== undefined) this.askToWatch(this.socket, ticketId);
    return () => {
      const left = (this.watched.get(ticketId) ?? 1) - 1;
      if (left > 0) {
        this.watched.set(ticketId, left);
        return;
      }
      this.watched.delete(ticketId);
      this.socket?.emit('unwatch', { ticketId }, () => undefined);
    };
  }

  /** The server may be without its ledger for a while, and a ticket may be younger than its read model. */
  private askToWatch(socket: DeskSocket, ticketId: string, tries = 1): void {
    socket.emit('watch', { ticketId }, (answer) => {
      if ('ok' in answer) this.watching.next({ ticketId, version: answer.version });
      else if (tries < WATCH_TRIES)
        setTimeout(() => {
          if (this.socket === socket && this.watched.has(ticketId)) this.askToWatch(socket, ticketId, tries + 1);
        }, WATCH_AGAIN_MS * tries);
    });
  }

  private async open(): Promise<void> {
    if (this.state() !== 'off') return;
    this.state.set('connecting');
    const { io } = await import('socket.io-client');
    if (this.session.me() === undefined) return;
    const socket: DeskSocket = io('/desk', {
      transports: ['websocket'],
      auth: (give) => {
        give({ token: this.token.current() ?? '' });
      },
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
    });
    this.socket = socket;
    this.listen(socket);
  }

  private listen(socket: DeskSocket): void {
    socket.on('ready', ({ position }) => {
      void this.caughtUp(socket, position);
    });
    socket.on('change', (change) => {
      this.position = change.position;
      this.changes.next(change);
    });
    socket.on('entry', (entry) => {
      this.entries.next(entry);
    });
    socket.on('gone', (gone) => {
      this.gone.next(gone);
    });
    socket.on('drafts', (change) => {
      this.drafts.next(change);
    });
    socket.on('resync', ({ position }) => {
      this.position = position;
      this.resync.next();
    });
    socket.on('rights', ({ position }) => {
      this.position = position;
      void this.takeRights(socket);
    });
    socket.on('expired', () => {
      void this.reconnect(socket);
    });
    socket.on('connect_error', () => {
      this.markLost();
      if (!socket.active) void this.reconnect(socket);
    });
    socket.on('disconnect', (reason) => {
      this.markLost();
      if (reason === 'io server disconnect') void this.reconnect(socket);
    });
  }

  /** The server stopped all watches, because what this person may see or do is not what it was. */
  private async takeRights(socket: DeskSocket): Promise<void> {
    await this.session.reread();
    if (this.socket !== socket) return;
    for (const ticketId of this.watched.keys()) this.askToWatch(socket, ticketId);
    this.resync.next();
  }

  /** Hears what happened while the line was down, then watches the same tickets again. */
  private async caughtUp(socket: DeskSocket, position: string): Promise<void> {
    const since = this.position;
    this.position ??= position;
    for (const ticketId of this.watched.keys()) this.askToWatch(socket, ticketId);
    if (since !== undefined) {
      try {
        this.replay(await resume(socket, since));
      } catch {
        this.resync.next();
      }
    }
    this.state.set('live');
  }

  private replay(answer: ResumeAnswer): void {
    if (!('ok' in answer) || answer.resync === true) this.resync.next();
    for (const change of 'ok' in answer ? (answer.changes ?? []) : []) this.changes.next(change);
    if ('ok' in answer) this.position = answer.position;
  }

  private async reconnect(socket: DeskSocket): Promise<void> {
    const renewal = await this.session.renew();
    if (this.socket !== socket) return;
    if (renewal === 'renewed') socket.connect();
    else if (renewal === 'ended') this.session.leave();
    else setTimeout(() => void this.reconnect(socket), RENEW_AGAIN_MS);
  }

  private markLost(): void {
    if (this.state() === 'live') this.state.set('lost');
  }

  private close(): void {
    this.socket?.disconnect();
    this.socket = undefined;
    this.position = undefined;
    this.watched.clear();
    this.state.set('off');
  }
}

function resume(socket: DeskSocket, position: string): Promise<ResumeAnswer> {
  return new Promise((resolve, reject) => {
    socket.timeout(RESUME_TIMEOUT_MS).emit('resume', { position }, (error: Error | null, answer: ResumeAnswer) => {
      if (error === null) resolve(answer);
      else reject(error);
    });
  });
}
