import type { Sql } from '../sql.js';
import type { LedgerEvent } from './ledger-consumer.js';

/** Why an event waits behind another one of its stream. */
export const BEHIND = 'an earlier event of its stream is parked';

/** Streams that a consumer has put aside. */
export async function parkedStreams(sql: Sql, consumer: string): Promise<Set<string>> {
  const rows = await sql.rows<{ stream: string }>('select distinct stream from parked_event where consumer = $1', [
    consumer,
  ]);
  return new Set(rows.map((row) => row.stream));
}

/** Puts events aside, in the transaction that moves the checkpoint past them. */
export async function park(sql: Sql, consumer: string, events: readonly LedgerEvent[], reason: string): Promise<void> {
  if (events.length === 0) return;
  const entries = events.map(({ stream, revision, workspaceId }) => ({ stream, revision, workspaceId }));
  await sql.rows(
    `insert into parked_event (consumer, stream, revision, workspace_id, reason)
     select $1, stream, revision, "workspaceId", $3
     from json_to_recordset($2::json) as r(stream text, revision int, "workspaceId" uuid)
     on conflict do nothing`,
    [consumer, JSON.stringify(entries), reason],
  );
  await countParked(sql, consumer);
}

/** Forgets a parked event that was applied after all. */
export async function unpark(sql: Sql, consumer: string, stream: string, revision: number): Promise<void> {
  await sql.rows('delete from parked_event where consumer = $1 and stream = $2 and revision = $3', [
    consumer,
    stream,
    revision,
  ]);
  await countParked(sql, consumer);
}

/** What went wrong, without the words of the event: messages of parsers and of Postgres quote their input. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const frame = /\n\s+at (?:async )?([^\n(]+?)(?: \(|\n|$)/.exec(error.stack ?? '')?.[1];
  return `${error.name}${code}${frame === undefined ? '' : ` in ${frame.replace(/^.*[/\\]/, '')}`}`;
}

async function countParked(sql: Sql, consumer: string): Promise<void> {
  await sql.rows(
    `update ledger_checkpoint
     set parked_streams = (select count(distinct stream) from parked_event where consumer = $1)
     where coalesce(generation, name) = $1`,
    [consumer],
  );
}
