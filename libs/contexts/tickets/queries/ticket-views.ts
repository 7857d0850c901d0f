import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DomainError, ERASED, Personal, type Recorded } from '@ledgerdesk/kernel';
import { EVENT_STORE, type EventStore, Ledger, readWhole } from '@ledgerdesk/event-store';
import type { TicketEvent } from '../domain/ticket.events.js';
import { evolveView, ticketView } from '../domain/ticket-view.fold.js';
import type { TicketView } from '../domain/ticket-view.js';

/** A view is about 1 kB, and versions of one ticket share most of it. */
const MOST_REMEMBERED = 10_000;

/** Folds tickets from the ledger itself, so that what it answers is never behind; remembers the versions it came across. */
@Injectable()
export class TicketViews {
  readonly #views = new LRUCache<string, TicketView>({ max: MOST_REMEMBERED });
  /** Raised when somebody was erased: what was being read at that moment is not remembered. */
  #erasures = 0;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  /** The view of a stream at one of its versions. @throws DomainError not-found `ticket.not-found` */
  async at(stream: string, version: number): Promise<TicketView> {
    const known = this.#views.get(keyOf(stream, version));
    if (known) return known;
    const erasures = this.#erasures;
    const events = await this.eventsOf(stream);
    return this.#remember(stream, found(ticketView(events.filter(({ revision }) => revision <= version))), erasures);
  }

  /** Somebody was erased: nothing that was read before may be shown again. */
  forgetAll(): void {
    this.#erasures += 1;
    this.#views.clear();
  }

  /**
   * The view after `events`, which are the newest of their stream up to `version` (none when nothing changed). Events that a
   * repeated command found in its stream come sealed; then everything is read again.
   */
  async after(stream: string, version: number, events: readonly Recorded<TicketEvent>[]): Promise<TicketView> {
    const known = this.#views.get(keyOf(stream, version));
    if (known) return known;
    const first = events.at(0);
    if (!first || events.some(isSealed)) return this.at(stream, version);
    const erasures = this.#erasures;
    const before = first.revision === 0 ? undefined : await this.at(stream, first.revision - 1);
    return this.#remember(stream, found(events.reduce(evolveView, before)), erasures);
  }

  /** All events of a ticket's stream, readable. @throws DomainError not-found `ticket.not-found` */
  async eventsOf(stream: string): Promise<readonly Recorded<TicketEvent>[]> {
    const stored = await readWhole(this.store, stream);
    if (stored.length === 0) throw ticketNotFound();
    // The category of a stream says which events it holds.
    return (await this.ledger.open(stored)) as readonly Recorded<TicketEvent>[];
  }

  #remember(stream: string, view: TicketView, erasures: number): TicketView {
    if (erasures === this.#erasures) this.#views.set(keyOf(stream, view.version), view);
    return view;
  }
}

/** The one answer for tickets that do not exist, belong to others, or may not be seen. */
export function ticketNotFound(): DomainError {
  return new DomainError('not-found', 'ticket.not-found', 'There is no such ticket.');
}

function isSealed({ data }: Recorded<TicketEvent>): boolean {
  return Object.values(data).some((value) => value instanceof Personal && value.text === ERASED);
}

function found(view: TicketView | undefined): TicketView {
  if (!view) throw ticketNotFound();
  return view;
}

function keyOf(stream: string, version: number): string {
  return `${stream}@${String(version)}`;
}
