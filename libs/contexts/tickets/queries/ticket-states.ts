import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, EventCodec, type EventStore, readWhole, refuseUnseen, streamName } from '@ledgerdesk/event-store';
import { type CommandContext, fold, type Recorded } from '@ledgerdesk/kernel';
import { ticketDecider } from '../domain/ticket.decider.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import type { Ticket } from '../domain/ticket.js';
import { ticketNotFound } from './ticket-views.js';

export interface TicketState {
  readonly stream: string;
  /** Nothing in them is decrypted. */
  readonly events: readonly Recorded<TicketEvent>[];
  readonly ticket: Ticket;
}

/** Who asks for a ticket, and what of it they see; without `sees`, everything. */
export type Asking = Pick<CommandContext, 'workspaceId' | 'sees'>;

/** Tickets as decisions see them, straight from the ledger. */
@Injectable()
export class TicketStates {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
  ) {}

  /** @throws DomainError not-found `ticket.not-found`, also for one that who asks does not see */
  async of({ workspaceId, sees }: Asking, ticketId: string): Promise<TicketState> {
    const stream = streamName('ticket', workspaceId, ticketId);
    // The category of a stream says which events it holds.
    const events = this.codec.sealedView(await readWhole(this.store, stream)) as readonly Recorded<TicketEvent>[];
    const ticket = fold(ticketDecider, events);
    if (!ticket) throw ticketNotFound();
    refuseUnseen('ticket', ticket, { sees });
    return { stream, events, ticket };
  }
}
