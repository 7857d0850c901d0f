import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Abilities, authorize, type Principal } from '@ledgerdesk/auth';
import { parseStreamName, type StoredEvent, streamName } from '@ledgerdesk/event-store';
import { Answer, Cursors } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { Readings } from '@ledgerdesk/tickets';
import { LedgerEvents } from './ledger-events.js';

/** Filters of the ledger; all given ones must hold. Instants are RFC 3339. */
export interface LedgerFilter {
  readonly type?: string | undefined;
  readonly actor?: string | undefined;
  /** Kind and id, e.g. `ticket-<uuid>`. */
  readonly stream?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

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
const LABEL = /^([a-z][a-z-]*)-([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

@QueryHandler(ListLedger)
export class ListLedgerHandler implements IQueryHandler<ListLedger> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
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
    const [before] = after === undefined ? [null] : this.cursors.open(workspaceId, list, after);
    const rows = await this.store.run(workspaceId, (sql) =>
      sql.rows<StoredEvent>(EVENTS, [workspaceId, before, ...filterValues(workspaceId, filter), limit + 1]),
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    if (withTexts) await this.readings.record(member, 'ledger', () => ticketsOf(shown));
    const next = last && this.cursors.seal(workspaceId, list, [last.position]);
    const data = await this.events.shown(workspaceId, shown, withTexts);
    return new Answer({ data, page: { next: next ?? null, hasMore: next !== undefined } }, next ? { next } : {});
  }
}

/**
 * Reads the events table backwards by position. The metadata is canonical JSON, in which a name and its text stand exactly once, so
 * actor and instant are found in it as they are.
 */
const EVENTS = `
  select id, type, data, metadata, stream, revision, global_position as position
  from events
  where workspace_id = $1::uuid
    and ($2::bigint is null or global_position < $2::bigint)
    and ($3::text is null or type = $3)
    and ($4::text is null or stream = $4)
    and ($5::text is null or strpos(metadata, $5) > 0)
    and ($6::timestamptz is null or (metadata::jsonb ->> 'recordedAt')::timestamptz >= $6::timestamptz)
    and ($7::timestamptz is null or (metadata::jsonb ->> 'recordedAt')::timestamptz < $7::timestamptz)
  order by global_position desc
  limit $8`;

function filterValues(workspaceId: string, { type, stream, actor, from, to }: LedgerFilter): (string | null)[] {
  const [, category = '', id = ''] = LABEL.exec(stream ?? '') ?? [];
  // A label that no stream has must find nothing rather than everything.
  const name = id !== '' ? streamName(category, workspaceId, id) : (stream ?? null);
  const written = actor === undefined ? null : `"actor":${JSON.stringify(actor)}`;
  return [type ?? null, name, written, from ?? null, to ?? null];
}

function ticketsOf(events: readonly StoredEvent[]): string[] {
  const parts = events.map(({ stream }) => parseStreamName(stream));
  return [...new Set(parts.filter(({ category }) => category === 'ticket').map(({ id }) => id))];
}
