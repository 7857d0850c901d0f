import { Inject, Injectable } from '@nestjs/common';
import { Abilities, type Principal, subject } from '@ledgerdesk/auth';
import { EVENT_STORE, type EventStore, Ledger, type StoredEvent, streamName } from '@ledgerdesk/event-store';
import { PositionTokens } from '@ledgerdesk/http';
import type { Recorded } from '@ledgerdesk/kernel';
import type { TicketEvent } from '../domain/ticket.events.js';
import { TicketViews } from '../queries/ticket-views.js';
import { changeOf, type TicketChange, withoutText } from './ticket-change.js';

/** After more events than this, reading the lists again is cheaper for everybody. */
const MOST_EVENTS = 1_000;

/** What a client is told that comes back after an absence. */
export interface MissedChanges {
  /** Where the client stands now. */
  readonly position: string;
  /** One per ticket that changed, with its whole view. */
  readonly changes?: readonly TicketChange[];
  readonly resync?: true;
}

/** Tickets that changed since a client was last connected. */
@Injectable()
export class Absences {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(TicketViews) private readonly views: TicketViews,
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(PositionTokens) private readonly tokens: PositionTokens,
  ) {}

  async missedBy(member: Principal, token: string): Promise<MissedChanges> {
    const { workspaceId } = member;
    const after = this.tokens.open(workspaceId, token);
    if (after === undefined) return this.#resync(workspaceId);
    const prefix = streamName('ticket', workspaceId, '');
    const events = await this.store.readAll({ after, prefix, max: MOST_EVENTS + 1 });
    const last = events.at(-1);
    if (!last) return { position: token, changes: [] };
    if (events.length > MOST_EVENTS) return this.#resync(workspaceId);
    const newest = [...new Map(events.map((event) => [event.stream, event])).values()];
    const changes = await Promise.all(newest.map((event) => this.#change(member, event)));
    const seen = changes.filter((change) => change !== undefined);
    // One that is not seen may have left sight meanwhile; which one is nothing to tell.
    if (seen.length < changes.length) return this.#resync(workspaceId);
    return { position: this.tokens.seal(workspaceId, last.position), changes: seen };
  }

  async #change(member: Principal, stored: StoredEvent): Promise<TicketChange | undefined> {
    const opened = (await this.ledger.open([stored])) as readonly Recorded<TicketEvent>[];
    const event = opened.at(0);
    const view = await this.views.at(stored.stream, stored.revision);
    const ability = this.abilities.abilityFor(member);
    if (!event || !ability.can('read', subject('Ticket', view))) return undefined;
    const change = changeOf(event, this.tokens.seal(member.workspaceId, event.position), undefined, view);
    return ability.can('read-unrecorded', 'Ticket') ? change : withoutText(change);
  }

  async #resync(workspaceId: string): Promise<MissedChanges> {
    return { position: this.tokens.seal(workspaceId, await this.store.head()), resync: true };
  }
}
