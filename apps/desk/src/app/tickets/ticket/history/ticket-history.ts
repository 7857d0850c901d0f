import { Injectable, computed, inject, linkedSignal, signal } from '@angular/core';
import { Api, getTicket, getTicketLedger, getTimeline } from '@ledgerdesk/web-api';
import type { LedgerEvent, Ticket, TicketLedger, TimelineEntry } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { joinEntries } from '../../stores/opened-before';
import { momentChanges } from './moment-changes';

/** A ticket and its story as they were when an event was the newest one. */
export interface Moment {
  readonly revision: number;
  readonly ticket: Ticket;
  /** Oldest first. */
  readonly entries: readonly TimelineEntry[];
  /** Cursor of the page before them; null when there is none. */
  readonly older: string | null;
}

/** Moments of a long history that stay in memory. */
const MOST = 200;

/** The whole history of one ticket: its events, and the ticket as of any of them. */
@Injectable()
export class TicketHistory {
  private readonly api = inject(Api);
  private readonly ledger = signal<TicketLedger | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);
  private readonly place = signal(0);
  private readonly known = signal<ReadonlyMap<number, Moment>>(new Map());
  private readonly asked = new Map<number, Promise<void>>();
  private ticketId = '';

  readonly problem = this.failure.asReadonly();
  /** Oldest first. */
  readonly events = computed<readonly LedgerEvent[]>(() => this.ledger()?.data ?? []);
  /** Whether every event matches its hash and names its predecessor; undefined until it was read. */
  readonly verified = computed(() => this.ledger()?.verified);
  readonly broken = computed(() => this.ledger()?.broken ?? undefined);
  /** Which event is the newest of the moment shown. */
  readonly index = this.place.asReadonly();
  readonly event = computed<LedgerEvent | undefined>(() => this.events().at(this.place()));
  readonly atNewest = computed(() => this.place() >= this.events().length - 1);
  /** The ticket as of the chosen event; while it is on its way, the moment before stays. */
  readonly moment = linkedSignal<Moment | undefined, Moment | undefined>({
    source: () => this.known().get(this.place()),
    computation: (found, before) => found ?? before?.value,
  }).asReadonly();
  /** Whether what is shown is what was chosen. */
  readonly exact = computed(() => this.moment()?.revision === this.event()?.revision);
  /** Fields that the chosen event changed. */
  readonly changes = computed(() => {
    const moment = this.moment();
    const before = this.known().get(this.place() - 1);
    return moment === undefined || !this.exact() ? [] : momentChanges(before?.ticket, moment.ticket);
  });

  /** Reads the ledger of a ticket. @param withTexts shows texts about people in the payloads */
  async read(ticketId: string, withTexts = false): Promise<void> {
    this.ticketId = ticketId;
    this.failure.set(undefined);
    try {
      const ledger = await this.api.invoke(getTicketLedger, { ticketId, ...(withTexts ? { texts: 'true' } : {}) });
      if (ticketId === this.ticketId) this.ledger.set(ledger);
    } catch (error) {
      if (ticketId === this.ticketId) this.failure.set(problemOf(error));
    }
  }

  /**
   * The event that a moment of an address means: `latest`, a position of the ledger, or an RFC 3339 instant. The api knows the
   * ticket's version at any moment. Undefined when the ticket did not exist then.
   */
  async indexAt(at: string): Promise<number | undefined> {
    if (at === 'latest') return this.events().length - 1;
    const own = this.events().findIndex(({ position }) => position === at);
    if (own >= 0) return own;
    try {
      const { version } = await this.api.invoke(getTicket, { ticketId: this.ticketId, at });
      return this.events().findIndex(({ revision }) => revision === version);
    } catch {
      return undefined;
    }
  }

  /** Chooses an event by its place; out of range is the nearest end. */
  go(index: number): void {
    const place = Math.min(Math.max(index, 0), this.events().length - 1);
    if (place < 0) return;
    this.place.set(place);
    void this.need(place).then(() => Promise.all([this.need(place - 1), this.need(place + 1)]));
  }

  /** Reads the page of the timeline before the oldest entry of the moment shown. */
  async readOlder(): Promise<void> {
    const place = this.place();
    const moment = this.known().get(place);
    const at = this.event()?.position;
    if (moment === undefined || moment.older === null || at === undefined) return;
    const { data, page } = await this.api.invoke(getTimeline, { ticketId: this.ticketId, at, after: moment.older });
    this.keep(place, {
      ...moment,
      entries: joinEntries([...data].reverse(), moment.entries),
      older: page.hasMore ? page.next : null,
    });
  }

  /** Reads the moment at a place, once. A failure leaves it unread, so that choosing it again asks again. */
  private need(place: number): Promise<void> {
    const event = this.events()[place];
    if (event === undefined || this.known().has(place)) return Promise.resolve();
    const asked = this.asked.get(place) ?? this.readMoment(place, event);
    this.asked.set(place, asked);
    return asked;
  }

  private async readMoment(place: number, { position, revision }: LedgerEvent): Promise<void> {
    try {
      const { timeline, ...ticket } = await this.api.invoke(getTicket, {
        ticketId: this.ticketId,
        at: position,
        include: 'timeline',
      });
      const entries = [...(timeline?.data ?? [])].reverse();
      this.keep(place, { revision, ticket, entries, older: timeline?.page.next ?? null });
    } catch (error) {
      if (place === this.place()) this.failure.set(problemOf(error));
    } finally {
      this.asked.delete(place);
    }
  }

  private keep(place: number, moment: Moment): void {
    this.known.update((known) => {
      const next = new Map(known);
      next.delete(place);
      next.set(place, moment);
      const oldest = next.size > MOST ? next.keys().next().value : undefined;
      if (oldest !== undefined) next.delete(oldest);
      return next;
    });
  }
}
