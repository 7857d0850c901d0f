import { Injectable, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Api, listTickets } from '@ledgerdesk/web-api';
import type { ListTickets$Params, TicketSummary } from '@ledgerdesk/web-api';
import { LiveDesk, ticketIdOf } from '@ledgerdesk/web-realtime';
import type { Change } from '@ledgerdesk/web-realtime';
import { KnownPosition, problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { belongs, enters } from '../views/standard-views';
import type { ShownTickets } from '../views/standard-views';
import { People } from './people';

const PAGE = 50;

/** What the list is asked for; all of it lives in the address. */
export interface ListQuestion extends ShownTickets {
  /** In the search syntax; with it the whole workspace is searched, not only the view. */
  readonly q?: string | undefined;
  readonly sort?: TicketSort | undefined;
}

/** What comes first. */
export type TicketSort = 'updated' | 'opened' | 'priority';

export const TICKET_SORTS: readonly TicketSort[] = ['updated', 'opened', 'priority'];

/**
 * The rows of the ticket list, a page at a time. Rows change in place and never move under the pointer: a ticket that came into
 * the view waits behind a pill, one that left it stays, marked, until the list is read again.
 */
@Injectable({ providedIn: 'root' })
export class TicketList {
  private readonly api = inject(Api);
  private readonly people = inject(People);
  private readonly known = inject(KnownPosition);
  private readonly question = signal<ListQuestion | undefined>(undefined);
  private readonly list = signal<readonly TicketSummary[]>([]);
  private readonly arrivals = signal<ReadonlySet<string>>(new Set());
  private readonly state = signal<'loading' | 'more' | 'ready'>('ready');
  private readonly failure = signal<Problem | undefined>(undefined);
  private readonly hidden = signal<ReadonlySet<string>>(new Set());
  private next: string | null = null;
  /** Every reading gets a number, so that an answer that was overtaken is dropped. */
  private reading = 0;
  /** What changed while the newest reading was on its way, and is perhaps not in its answer; by ticket. */
  private readonly overtaking = new Map<string, Change>();

  readonly rows = this.list.asReadonly();
  readonly loading = computed(() => this.state() === 'loading');
  readonly problem = this.failure.asReadonly();
  /** How many tickets wait to be shown. */
  readonly waiting = computed(() => this.arrivals().size);
  readonly asked = this.question.asReadonly();

  constructor() {
    const live = inject(LiveDesk);
    live.changes.pipe(takeUntilDestroyed()).subscribe((change) => {
      if (this.state() !== 'ready') this.remember(change);
      this.apply(change);
    });
    live.gone.pipe(takeUntilDestroyed()).subscribe(({ stream }) => {
      this.hidden.update((ids) => new Set(ids).add(ticketIdOf(stream)));
    });
    live.resync.pipe(takeUntilDestroyed()).subscribe(() => void this.refresh());
  }

  /** Shows the answer to a question, from its first page. Asking the same question again changes nothing. */
  ask(question: ListQuestion): void {
    const asked = this.question();
    if (asked !== undefined && sameQuestion(asked, question)) return;
    this.question.set(question);
    this.list.set([]);
    void this.read();
  }

  /** Reads the first page again and lets waiting tickets in. */
  refresh(): Promise<void> {
    return this.read();
  }

  /** Appends the next page, when there is one. */
  async more(): Promise<void> {
    if (this.next === null || this.state() !== 'ready') return;
    this.state.set('more');
    await this.fetch(this.next);
  }

  /** Puts what a command answered into the row at once, without waiting for the push. */
  put(ticket: TicketSummary): void {
    this.list.update((rows) =>
      rows.map((row) => (row.id === ticket.id && row.version <= ticket.version ? { ...row, ...ticket } : row)),
    );
  }

  /** Whether a row no longer belongs to what the list shows. */
  left(row: TicketSummary): boolean {
    const asked = this.question();
    if (this.hidden().has(row.id)) return true;
    return asked !== undefined && asked.q === undefined && !belongs(row, asked, this.people.myId());
  }

  private async read(): Promise<void> {
    this.state.set('loading');
    this.next = null;
    await this.fetch(undefined);
  }

  private async fetch(after: string | undefined): Promise<void> {
    const question = this.question();
    if (question === undefined) return;
    const reading = ++this.reading;
    this.overtaking.clear();
    this.failure.set(undefined);
    try {
      const page = await this.api.invoke(listTickets, {
        ...filters(question),
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      if (reading !== this.reading) return;
      this.list.update((rows) => (after === undefined ? page.data : joined(rows, page.data)));
      if (after === undefined) {
        this.arrivals.set(new Set());
        this.hidden.set(new Set());
      }

      for (const change of this.overtaking.values()) this.apply(change);
      this.next = page.page.hasMore ? page.page.next : null;
    } catch (error) {
      if (reading === this.reading) this.failure.set(problemOf(error));
    } finally {
      if (reading === this.reading) this.state.set('ready');
    }
  }

  private remember(change: Change): void {
    const before = this.overtaking.get(change.stream);
    this.overtaking.set(change.stream, { ...change, patch: { ...before?.patch, ...change.patch } });
  }

  private apply({ stream, version, position, patch }: Change): void {
    const id = ticketIdOf(stream);
    const asked = this.question();
    if (asked === undefined) return;
    if (this.list().some((row) => row.id === id)) {
      this.list.update((rows) =>
        rows.map((row) => (row.id === id && row.version < version ? { ...row, ...patch, version } : row)),
      );
    } else if (asked.q === undefined && enters(patch, asked, this.people.myId())) {
      this.known.heard(position);
      this.arrivals.update((ids) => new Set(ids).add(id));
    } else if (this.arrivals().has(id) && patch.status !== undefined) {
      this.arrivals.update((ids) => new Set([...ids].filter((known) => known !== id)));
    }
  }
}

function sameQuestion(a: ListQuestion, b: ListQuestion): boolean {
  return a.view === b.view && a.team === b.team && a.q === b.q && a.sort === b.sort;
}

function filters({ view, team, q, sort }: ListQuestion): ListTickets$Params {
  const order = sort === undefined ? {} : { sort };
  if (q !== undefined) return { q, ...order };
  return { view, ...order, ...(team === undefined ? {} : { team }) };
}

/** A ticket that moved between two pages appears once. */
function joined(rows: readonly TicketSummary[], page: readonly TicketSummary[]): readonly TicketSummary[] {
  const known = new Set(rows.map((row) => row.id));
  return [...rows, ...page.filter((row) => !known.has(row.id))];
}
