import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Abilities, authorize, type Principal } from '@ledgerdesk/auth';
import { EVENT_STORE, type EventStore, readWhole, streamName, verifyStream } from '@ledgerdesk/event-store';
import { Readings, TicketSight } from '@ledgerdesk/tickets';
import type { TicketLedger } from '../http/ledger.schemas.js';
import { LedgerEvents } from './ledger-events.js';

/** What exactly stands in the ledger about this ticket, and was any of it changed? */
export class GetTicketLedger extends Query<TicketLedger> {
  constructor(
    readonly member: Principal,
    readonly ticketId: string,
    readonly withTexts: boolean,
  ) {
    super();
  }
}

@QueryHandler(GetTicketLedger)
export class GetTicketLedgerHandler implements IQueryHandler<GetTicketLedger> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(TicketSight) private readonly sight: TicketSight,
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(LedgerEvents) private readonly events: LedgerEvents,
    @Inject(Readings) private readonly readings: Readings,
  ) {}

  /** @throws DomainError not-found `ticket.not-found`, forbidden when texts are asked for by a role that may not read them */
  async execute({ member, ticketId, withTexts }: GetTicketLedger): Promise<TicketLedger> {
    const ability = this.abilities.abilityFor(member);
    await this.sight.refuseUnseen(member, ticketId);
    if (withTexts) authorize(ability, 'read-text', 'Ledger');
    const stored = await readWhole(this.store, streamName('ticket', member.workspaceId, ticketId));
    if (withTexts) await this.readings.record(member, 'ledger', () => [ticketId]);
    const broken = verifyStream(stored);
    return {
      data: await this.events.shown(member.workspaceId, stored, withTexts),
      verified: broken === undefined,
      broken: broken ? { revision: broken.revision, reason: broken.reason } : null,
    };
  }
}
