import { parseStreamName } from '@ledgerdesk/event-store';
import type { Recorded } from '@ledgerdesk/kernel';
import { EVERY_CATEGORY, type LedgerConsumer, type Sql } from '@ledgerdesk/read-store';

/** The consumer's name, by which readers ask how far it is. */
export const LEDGER_INDEX = 'ledger-index';

/**
 * Notes where each event is, for whoever looks for it by workspace, type, actor or time. Only for a ledger that Postgres can not
 * be asked: it is told events as they are stored, so one that nobody can read any more has its place here all the same.
 */
export class LedgerIndex implements LedgerConsumer {
  readonly name = LEDGER_INDEX;
  readonly version = 1;
  readonly categories = [EVERY_CATEGORY];

  async apply(sql: Sql, events: readonly Recorded[]): Promise<void> {
    await sql.rows(INSERT, [
      events.map(({ stream }) => parseStreamName(stream).workspaceId),
      events.map(({ stream }) => stream),
      events.map(({ revision }) => revision),
      events.map(({ type }) => type),
      events.map(({ metadata }) => metadata.actor),
      events.map(({ metadata }) => (Number.isNaN(Date.parse(metadata.recordedAt)) ? null : metadata.recordedAt)),
    ]);
  }

  settled(): void {
    // Keeps nothing in memory.
  }
}

/** The checkpoint, which moves in the same transaction, keeps a second writer away; so places follow each other in the order of the log. */
const INSERT = `
  insert into ledger_index (place, workspace_id, stream, revision, type, actor, recorded_at)
  select (select coalesce(max(place), 0) from ledger_index) + number, workspace_id, stream, revision, type, actor, recorded_at
  from unnest($1::uuid[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::timestamptz[])
    with ordinality as event (workspace_id, stream, revision, type, actor, recorded_at, number)
  on conflict (stream, revision) do nothing`;
