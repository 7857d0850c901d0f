import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Socket } from 'socket.io';
import { Abilities, subject } from '@ledgerdesk/auth';
import {
  EVENT_STORE,
  type EventStore,
  Ledger,
  parseStreamName,
  type Position,
  type StoredEvent,
  type Subscription,
} from '@ledgerdesk/event-store';
import { PositionTokens } from '@ledgerdesk/http';
import { ERASING_EVENTS, type Recorded } from '@ledgerdesk/kernel';
import { Log } from '@ledgerdesk/logging';
import type { TicketEvent } from '../domain/ticket.events.js';
import type { TicketView } from '../domain/ticket-view.js';
import { timelineEntry } from '../domain/timeline-entry.js';
import { TicketViews } from '../queries/ticket-views.js';
import { LiveAudience, memberOf, roomOf } from './live-audience.js';
import { Resyncs } from './resyncs.js';
import { changeOf, type TicketEntry, withoutText } from './ticket-change.js';

/** Below what an eye notices. */
const GATHER_MILLISECONDS = 10;

/** Follows the ledger from its end and tells the sockets of this node what changed, as their members may see it. */
@Injectable()
export class LiveTickets implements OnApplicationBootstrap, OnApplicationShutdown {
  #subscription: Subscription | undefined;
  #position: Position = '';

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(TicketViews) private readonly views: TicketViews,
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(PositionTokens) private readonly tokens: PositionTokens,
    @Inject(LiveAudience) private readonly audience: LiveAudience,
    @Inject(Resyncs) private readonly resyncs: Resyncs,
    @Inject(Log) private readonly log: Log,
  ) {}

  /** Up to here everything has been pushed. */
  get position(): Position {
    return this.#position;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.#position = await this.store.head();
    this.#subscription = this.store.subscribe(
      { after: this.#position, gather: GATHER_MILLISECONDS },
      {
        onPage: (events, checkpoint) => this.#push(events, checkpoint),
        onFailure: (err) => {
          this.log.warn({ err }, 'live updates lost the ledger');
        },
      },
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#subscription?.close();
  }

  async #push(events: readonly StoredEvent[], checkpoint: Position): Promise<void> {
    this.ledger.heed(events);
    if (events.some(({ type }) => ERASING_EVENTS.has(type))) this.views.forgetAll();
    for (const event of events) {
      const { category, workspaceId } = parseStreamName(event.stream);
      if (category !== 'ticket' || !this.audience.has(workspaceId)) continue;
      if (event.metadata.includes('"imported":"true"')) this.resyncs.soon(workspaceId, event.position);
      else await this.#pushOne(workspaceId, event);
    }
    this.#position = checkpoint;
  }

  async #pushOne(workspaceId: string, stored: StoredEvent): Promise<void> {
    try {
      const opened = (await this.ledger.open([stored])) as readonly Recorded<TicketEvent>[];
      const event = opened.at(0);
      if (!event) return;
      const { stream, revision } = event;
      const before = revision === 0 ? undefined : await this.views.at(stream, revision - 1);
      const after = await this.views.after(stream, revision, [event]);
      this.#tell(workspaceId, event, before, after);
    } catch (err) {
      // Whatever one event is about, the lists are right after a resync, and the next event is not held up.
      this.log.warn({ err, stream: stored.stream, revision: stored.revision }, 'could not push an event');
      this.resyncs.soon(workspaceId, stored.position);
    }
  }

  #tell(workspaceId: string, event: Recorded<TicketEvent>, before: TicketView | undefined, after: TicketView): void {
    const position = this.tokens.seal(workspaceId, event.position);
    // After an erasure the ticket before it reads as erased too, and says nothing about what the desks still show.
    const known = event.type === 'TicketTextsErased' ? undefined : before;
    const change = changeOf(event, position, known, after);
    const members = this.audience.members(workspaceId);
    const seeing = members.filter((socket) => this.#sees(socket, after));
    const [workers, others] = parted(seeing, (socket) => this.#may(socket, 'read-unrecorded'));
    this.audience.tell(workers, 'change', change);
    this.audience.tell(others, 'change', withoutText(change));
    const entry: TicketEntry = {
      stream: change.stream,
      version: change.version,
      position,
      entry: timelineEntry(event, after.id),
    };
    const watching = seeing.filter((socket) => socket.rooms.has(roomOf(event.stream)));
    this.audience.tell(watching, 'entry', entry);
    const gone = before ? members.filter((socket) => !seeing.includes(socket) && this.#sees(socket, before)) : [];
    for (const socket of gone) void socket.leave(roomOf(event.stream));
    this.audience.tell(gone, 'gone', { stream: change.stream });
  }

  #sees(socket: Socket, view: TicketView): boolean {
    return this.abilities.abilityFor(memberOf(socket)).can('read', subject('Ticket', view));
  }

  #may(socket: Socket, action: string): boolean {
    return this.abilities.abilityFor(memberOf(socket)).can(action, 'Ticket');
  }
}

function parted<Item>(items: readonly Item[], matches: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}
