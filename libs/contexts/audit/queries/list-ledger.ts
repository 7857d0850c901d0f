import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Abilities, authorize, type Principal } from '@ledgerdesk/auth';
import { parseStreamName, type StoredEvent } from '@ledgerdesk/event-store';
import { Answer, Cursors } from '@ledgerdesk/http';
import { Readings } from '@ledgerdesk/tickets';
import { LedgerEvents } from './ledger-events.js';
import { type LedgerFilter, LedgerLog } from './ledger-log.js';

export interface LedgerRange extends LedgerFilter {
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** What happened in the workspace? A page of `LedgerEvent`, newest first. */
export class ListLedger extends Query<Answer<object>> {
  constructor(
    readonly member: Principal,
    readonly range: LedgerRange,
    readonly withTexts: boolean,
  ) {
    super();
  }
}

const PAGE = 50;

@QueryHandler(ListLedger)
export class ListLedgerHandler implements IQueryHandler<ListLedger> {
  constructor(
    @Inject(LedgerLog) private readonly log: LedgerLog,
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(Cursors) private readonly cursors: Cursors,
    @Inject(LedgerEvents) private readonly events: LedgerEvents,
    @Inject(Readings) private readonly readings: Readings,
  ) {}

  async execute({ member, range, withTexts }: ListLedger): Promise<Answer<object>> {
    if (withTexts) authorize(this.abilities.abilityFor(member), 'read-text', 'Ledger');
    const { workspaceId } = member;
    const { limit = PAGE, after, ...filter } = range;
    const list = `listLedger${JSON.stringify(filter)}`;
    const [before = null] = after === undefined ? [] : this.cursors.open(workspaceId, list, after);
    const placed = await this.log.newest(workspaceId, filter, before === null ? undefined : String(before), limit + 1);
    const shown = placed.slice(0, limit).map(({ event }) => event);
    const last = placed.length > limit ? placed[limit - 1] : undefined;
    if (withTexts) await this.readings.record(member, 'ledger', () => ticketsOf(shown));
    const next = last && this.cursors.seal(workspaceId, list, [last.place]);
    const data = await this.events.shown(workspaceId, shown, withTexts);
    return new Answer({ data, page: { next: next ?? null, hasMore: next !== undefined } }, next ? { next } : {});
  }
}

function ticketsOf(events: readonly StoredEvent[]): string[] {
  const parts = events.map(({ stream }) => parseStreamName(stream));
  return [...new Set(parts.filter(({ category }) => category === 'ticket').map(({ id }) => id))];
}
