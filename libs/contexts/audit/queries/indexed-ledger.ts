import type { EventStore, StoredEvent } from '@ledgerdesk/event-store';
import type { ProjectionProgress, ReadStore } from '@ledgerdesk/read-store';
import { LEDGER_INDEX } from '../read-models/ledger-index.js';
import { wantedStream } from './filter-values.js';
import { type LedgerFilter, LedgerLog, type PlacedEvent } from './ledger-log.js';

/** Longest time in milliseconds that a reader waits for the newest events to be found. */
const LONGEST_WAIT = 2_000;

interface Place {
  readonly place: string;
  readonly stream: string;
  readonly revision: number;
}

/** A ledger elsewhere: an index says which events they are, and the ledger gives their bytes. */
export class IndexedLedger extends LedgerLog {
  constructor(
    private readonly store: ReadStore,
    private readonly ledger: EventStore,
    private readonly progress: ProjectionProgress,
  ) {
    super();
  }

  override async newest(
    workspaceId: string,
    filter: LedgerFilter,
    before: string | undefined,
    limit: number,
  ): Promise<readonly PlacedEvent[]> {
    if (before === undefined) await this.progress.waitFor(LEDGER_INDEX, await this.ledger.head(), LONGEST_WAIT);
    const { type, actor, from, to } = filter;
    const wanted = [type, wantedStream(workspaceId, filter), actor, from, to].map((value) => value ?? null);
    const places = await this.store.run(workspaceId, (sql) =>
      sql.rows<Place>(PLACES, [workspaceId, before ?? null, ...wanted, limit]),
    );
    const events = await Promise.all(places.map((place) => this.eventAt(place)));
    return places.flatMap(({ place }, index) => {
      const event = events[index];
      return event ? [{ event, place }] : [];
    });
  }

  private async eventAt({ stream, revision }: Place): Promise<StoredEvent | undefined> {
    const [event] = await this.ledger.read(stream, { from: revision, max: 1 });
    return event;
  }
}

const PLACES = `
  select place, stream, revision
  from ledger_index
  where workspace_id = $1::uuid
    and ($2::bigint is null or place < $2::bigint)
    and ($3::text is null or type = $3)
    and ($4::text is null or stream = $4)
    and ($5::text is null or actor = $5)
    and ($6::timestamptz is null or recorded_at >= $6::timestamptz)
    and ($7::timestamptz is null or recorded_at < $7::timestamptz)
  order by place desc
  limit $8`;
