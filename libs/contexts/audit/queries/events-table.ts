import type { StoredEvent } from '@ledgerdesk/event-store';
import type { ReadStore } from '@ledgerdesk/read-store';
import { wantedStream } from './filter-values.js';
import { type LedgerFilter, LedgerLog, type PlacedEvent } from './ledger-log.js';

/** The ledger in Postgres: its table is read backwards by position, under the row level security of the workspace. */
export class EventsTable extends LedgerLog {
  constructor(private readonly store: ReadStore) {
    super();
  }

  override async newest(
    workspaceId: string,
    filter: LedgerFilter,
    before: string | undefined,
    limit: number,
  ): Promise<readonly PlacedEvent[]> {
    const { type, actor, from, to } = filter;
    const written = actor === undefined ? null : `"actor":${JSON.stringify(actor)}`;
    const wanted = [type ?? null, wantedStream(workspaceId, filter), written, from ?? null, to ?? null];
    const events = await this.store.run(workspaceId, (sql) =>
      sql.rows<StoredEvent>(EVENTS, [workspaceId, before ?? null, ...wanted, limit]),
    );
    return events.map((event) => ({ event, place: event.position }));
  }
}

/** The metadata is canonical JSON, in which a name and its text stand exactly once, so actor and instant are found in it as they are. */
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
