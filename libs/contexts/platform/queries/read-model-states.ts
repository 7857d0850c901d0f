import { Inject, Injectable } from '@nestjs/common';
import { BEGINNING, EVENT_STORE, type EventStore, parseStreamName, type Position } from '@ledgerdesk/event-store';
import { type Comparison, type Generation, generations, isEqual, ReadStore } from '@ledgerdesk/read-store';
import type { ComparisonView, GenerationView, ParkedStreamView, ReadModelView } from '../http/read-model.schemas.js';

const MOST_PARKED = 100;

export interface ParkedStreams {
  readonly parked: readonly ParkedStreamView[];
  /** Streams by table. */
  readonly counts: ReadonlyMap<string, number>;
}

/** How far read models are, and what they have put aside. */
@Injectable()
export class ReadModelStates {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(EVENT_STORE) private readonly ledger: EventStore,
  ) {}

  async readModels(parked: ReadonlyMap<string, number>, withComparisons: boolean): Promise<readonly ReadModelView[]> {
    const [head, all] = await Promise.all([this.ledger.head(), this.store.global(generations)]);
    const byName = Map.groupBy(all, ({ readModel }) => readModel);
    return [...byName].map(([name, found]) => ({
      name,
      generations: found.map((generation) => ({
        ...this.view(generation, head),
        parkedStreams: parked.get(generation.table) ?? 0,
        // What was found out before a switch says nothing about what is read now.
        comparison: withComparisons && generation.state !== 'live' ? comparisonView(generation.comparison) : null,
      })),
    }));
  }

  /** Row level security leaves those of the workspace. */
  async parkedIn(workspaceId: string): Promise<ParkedStreams> {
    return this.store.run(workspaceId, async (sql) => {
      const counts = await sql.rows<{ table: string; streams: number }>(
        'select consumer as "table", count(distinct stream)::int as streams from parked_event group by consumer',
      );
      const rows = await sql.rows<Omit<ParkedStreamView, 'since'> & { readonly since: Date }>(
        `select consumer as "table", stream, count(*)::int as events, (array_agg(reason order by revision))[1] as reason,
           min(parked_at) as since
         from parked_event group by consumer, stream order by min(parked_at), stream limit ${String(MOST_PARKED)}`,
      );
      return {
        parked: rows.map((row) => ({ ...row, stream: labelOf(row.stream), since: row.since.toISOString() })),
        counts: new Map(counts.map(({ table, streams }) => [table, streams])),
      };
    });
  }

  private view(generation: Generation, head: Position): Omit<GenerationView, 'parkedStreams' | 'comparison'> {
    const { table, version, state, builtAt, position, still, running, wish, refusal, since } = generation;
    const isBehind = this.ledger.compare(position, head) < 0;
    const eventsBehind = isBehind ? (this.ledger.distance?.(position, head) ?? null) : 0;
    const all = this.ledger.distance?.(BEGINNING, head) ?? null;
    return {
      table,
      version,
      state,
      built: state !== 'building' || builtAt !== null,
      percent: isBehind ? percentOf(eventsBehind, all) : 100,
      eventsBehind,
      secondsBehind: isBehind ? Math.round(still) : 0,
      running,
      wish,
      refusal,
      since: since.toISOString(),
    };
  }
}

/** The workspace in the name is the reader's own. */
function labelOf(stream: string): string {
  const { category, id } = parseStreamName(stream);
  return `${category}-${id}`;
}

function percentOf(behind: number | null, all: number | null): number | null {
  if (behind === null || all === null || all === 0) return null;
  return Math.max(0, Math.min(99, Math.floor((100 * (all - behind)) / all)));
}

function comparisonView(comparison: Comparison | null): ComparisonView | null {
  if (comparison === null) return null;
  const { rows, missing, surplus, different, columns } = comparison;
  return {
    liveRows: rows.live,
    otherRows: rows.other,
    missing,
    surplus,
    different,
    columns: { ...columns },
    equal: isEqual(comparison),
  };
}
