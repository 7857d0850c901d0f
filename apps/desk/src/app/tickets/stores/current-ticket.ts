import { Injectable, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Api, getTicket, getTimeline } from '@ledgerdesk/web-api';
import type { Ticket, TicketName, TimelineEntry } from '@ledgerdesk/web-api';
import { LiveDesk, ticketIdOf } from '@ledgerdesk/web-realtime';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { OpenedBefore, joinEntries } from './opened-before';
import { TicketList } from './ticket-list';

/** After these, other entries than before are part of the story, or other words stand at them. */
const CHANGES_THE_STORY: ReadonlySet<string> = new Set([
  'Absorbed',
  'Released',
  'Unmerged',
  'TicketSplit',
  'MessagesTaken',
  'TicketTextsErased',
]);

/** Lists and stories follow the ledger within milliseconds, in bad hours within seconds. */
const MOST_READ_AGAIN = 6;
const READ_AGAIN_MS = 200;

/**
 * The ticket in the ticket pane: what the ledger says, with what this person just asked for laid over it until the answer comes.
 * Commands go through `TicketCommands`.
 */
@Injectable({ providedIn: 'root' })
export class CurrentTicket {
  private readonly api = inject(Api);
  private readonly list = inject(TicketList);
  private readonly live = inject(LiveDesk);
  private readonly before = inject(OpenedBefore);
  private readonly openId = signal<string | undefined>(undefined);
  private readonly stored = signal<Ticket | undefined>(undefined);
  private readonly wishes = signal<readonly Partial<Ticket>[]>([]);
  private readonly story = signal<readonly TimelineEntry[]>([]);
  private readonly end = signal<TicketName | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);
  private readonly older = signal<string | null>(null);
  private readonly readingOlder = signal(false);
  private unwatch: (() => void) | undefined;
  /** Version that the story was read at, and the one after which its entries are pushed; what lies between has to be read. */
  private storyAt: number | undefined;
  private pushedFrom = 0;

  /** Id from the address; undefined when no ticket is open. */
  readonly id = this.openId.asReadonly();
  /** The ticket as this person sees it, with what they just asked for; undefined until it was read. */
  readonly view = computed<Ticket | undefined>(() => {
    const ticket = this.stored();
    return ticket === undefined
      ? undefined
      : this.wishes().reduce<Ticket>((shown, wish) => ({ ...shown, ...wish }), ticket);
  });
  /** What the list already knows, to show a head before the ticket was read. */
  readonly summary = computed(() => this.view() ?? this.list.rows().find((row) => row.id === this.openId()));
  /** Oldest first. */
  readonly timeline = this.story.asReadonly();
  readonly hasOlder = computed(() => this.older() !== null);
  /** Of a merged ticket: where its story goes on. */
  readonly leadsTo = computed(() => this.end() ?? this.view()?.mergedInto ?? undefined);
  /** Why the ticket could not be read. */
  readonly problem = this.failure.asReadonly();
  /** Whether some field shows a wish that the api has not answered yet. */
  readonly pending = computed(() => this.wishes().length > 0);

  constructor() {
    this.live.changes.pipe(takeUntilDestroyed()).subscribe(({ stream, version, patch }) => {
      if (ticketIdOf(stream) !== this.openId()) return;
      this.stored.update((ticket) =>
        ticket !== undefined && ticket.version < version ? { ...ticket, ...patch, version } : ticket,
      );
    });
    this.live.entries.pipe(takeUntilDestroyed()).subscribe(({ stream, version, entry }) => {
      if (ticketIdOf(stream) !== this.openId()) return;
      if (CHANGES_THE_STORY.has(entry.type)) void this.read(true);
      // Of a story that was not read yet, the reading decides where it begins.
      else if (this.storyAt === undefined) this.pushedFrom = Math.max(this.pushedFrom, version);
      else this.story.update((entries) => joinEntries(entries, [entry]));
    });
    this.live.watching.pipe(takeUntilDestroyed()).subscribe(({ ticketId, version }) => {
      if (ticketId !== this.openId()) return;
      this.pushedFrom = version;
      if (this.storyAt !== undefined && this.storyAt < version) void this.read();
    });
    this.live.resync.pipe(takeUntilDestroyed()).subscribe(() => void this.read());
    this.live.gone.pipe(takeUntilDestroyed()).subscribe(({ stream }) => {
      if (ticketIdOf(stream) === this.openId()) void this.read();
    });
  }

  /** Opens a ticket; what was read of it before is shown at once and brought up to date. */
  open(ticketId: string): void {
    if (this.openId() === ticketId) return;
    this.close();
    this.openId.set(ticketId);
    const known = this.before.get(ticketId);
    if (known !== undefined) {
      this.stored.set(known.ticket);
      this.story.set(known.entries);
      this.older.set(known.older);
    }
    this.unwatch = this.live.watch(ticketId);
    void this.read();
  }

  close(): void {
    this.keep();
    this.unwatch?.();
    this.unwatch = undefined;
    this.storyAt = undefined;
    this.pushedFrom = 0;
    this.openId.set(undefined);
    this.stored.set(undefined);
    this.wishes.set([]);
    this.story.set([]);
    this.older.set(null);
    this.failure.set(undefined);
    this.end.set(undefined);
  }

  /**
   * Reads the ticket and the newest page of its timeline again; `anew` forgets the pages before it. What is read may be behind what
   * is pushed by a moment, then it is read `again`.
   */
  async read(anew = false, again = 0): Promise<void> {
    const ticketId = this.openId();
    if (ticketId === undefined) return;
    this.failure.set(undefined);
    try {
      const { timeline, leadsTo, ...ticket } = await this.api.invoke(getTicket, { ticketId, include: 'timeline' });
      if (ticketId !== this.openId()) return;
      this.take(ticket);
      this.end.set(leadsTo);
      const entries = [...(timeline?.data ?? [])].reverse();
      const newest = newestOf(ticketId, entries);
      // What was pushed while this was on its way is not in it.
      const [pushed, known] = parted(this.story(), (entry) => entry.ticketId === ticketId && entry.revision > newest);
      const follows = known.length === 0 || entries.some(({ id }) => known.at(-1)?.id === id);
      const continues = follows && !anew;
      if (known.length === 0 || !continues) this.older.set(timeline?.page.next ?? null);
      this.story.set(joinEntries(continues ? joinEntries(known, entries) : entries, pushed));
      this.storyAt = Math.min(ticket.version, newest);
      if (this.storyAt >= this.pushedFrom || again === MOST_READ_AGAIN) return;
      if (again > 0) await pause(again * READ_AGAIN_MS);
      if (ticketId === this.openId()) await this.read(false, again + 1);
    } catch (error) {
      if (ticketId !== this.openId()) return;
      this.failure.set(problemOf(error));
      // It left the sight of this person: nothing of it stays on the screen.
      if (problemOf(error).status === 404) this.forgetShown();
    }
  }

  /** Reads the page of the timeline before the oldest entry shown. */
  async readOlder(): Promise<void> {
    const ticketId = this.openId();
    const after = this.older();
    if (ticketId === undefined || after === null || this.readingOlder()) return;
    this.readingOlder.set(true);
    try {
      const page = await this.api.invoke(getTimeline, { ticketId, after });
      if (ticketId !== this.openId()) return;
      this.story.update((entries) => joinEntries([...page.data].reverse(), entries));
      this.older.set(page.page.hasMore ? page.page.next : null);
    } catch (error) {
      this.failure.set(problemOf(error));
    } finally {
      this.readingOlder.set(false);
    }
  }

  private forgetShown(): void {
    this.stored.set(undefined);
    this.story.set([]);
    this.older.set(null);
  }

  /** Takes the answer of a command (or a fresh read); an older version than the one shown is ignored. */
  take(ticket: Ticket): void {
    this.list.put(ticket);
    if (ticket.id !== this.openId()) return;
    this.stored.update((known) => (known !== undefined && known.version > ticket.version ? known : ticket));
  }

  /** Lays a wish over the ticket until the returned function takes it away. */
  wish(fields: Partial<Ticket>): () => void {
    this.wishes.update((wishes) => [...wishes, fields]);
    return () => {
      this.wishes.update((wishes) => wishes.filter((wish) => wish !== fields));
    };
  }

  private keep(): void {
    const ticket = this.stored();
    if (ticket !== undefined) this.before.keep({ ticket, entries: this.story(), older: this.older() });
  }
}

/** Revision of the newest entry of a ticket's own among those of the tickets merged into it; a page without one says nothing. */
function newestOf(ticketId: string, entries: readonly TimelineEntry[]): number {
  return entries.findLast((entry) => entry.ticketId === ticketId)?.revision ?? Infinity;
}

function parted<Item>(items: readonly Item[], matches: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
