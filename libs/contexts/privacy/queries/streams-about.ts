import type { Position } from '@ledgerdesk/event-store';
import type { Sql } from '@ledgerdesk/read-store';
import { textsAbout } from '../read-models/texts-about.projection.js';

/** A stream with texts about somebody. */
export interface StreamAbout {
  /** For the next page. */
  readonly id: string;
  readonly aggregateId: string;
}

export interface StreamsAboutRange {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly category: string;
  /** `id` of the last stream of the page before; empty for the first page. */
  readonly after: string;
  readonly most: number;
}

/** One keyset page of the streams that hold texts under a key. */
export function streamsAbout(sql: Sql, range: StreamsAboutRange): Promise<readonly StreamAbout[]> {
  const { workspaceId, keyId, category, after, most } = range;
  return sql.rows<StreamAbout>(
    `select id, aggregate_id as "aggregateId" from texts_about
     where workspace_id = $1::uuid and key_id = $2 and category = $3 and id > $4 order by id limit $5`,
    [workspaceId, keyId, category, after, most],
  );
}

/** How much stands in tickets about somebody. */
export interface TextCounts {
  readonly tickets: number;
  readonly texts: number;
}

export async function countTextsAbout(sql: Sql, workspaceId: string, keyId: string): Promise<TextCounts> {
  const [counts] = await sql.rows<TextCounts>(
    `select count(*)::int as tickets, coalesce(sum(texts), 0)::int as texts from texts_about
     where workspace_id = $1::uuid and key_id = $2 and category = 'ticket'`,
    [workspaceId, keyId],
  );
  return counts ?? { tickets: 0, texts: 0 };
}

/** Whether the index of texts has seen a position. */
export async function reachedBy(
  sql: Sql,
  position: Position,
  compare: (a: Position, b: Position) => number,
): Promise<boolean> {
  const [checkpoint] = await sql.rows<{ position: Position }>(
    'select position from ledger_checkpoint where name = $1',
    [textsAbout.name],
  );
  return checkpoint !== undefined && compare(checkpoint.position, position) >= 0;
}
