import type { ReadStore, Sql } from '@ledgerdesk/read-store';
import { MoveRefused } from '../refused.js';
import type { CheckedFile } from './check-file.js';

/** First key of the lock under which one process takes over a workspace's history. */
const MOVE_LOCK = 7_105_013;

/**
 * Does the work while no other process takes over the history of this workspace.
 * @throws MoveRefused `workspace.moving`
 */
export async function aloneWith<T>(store: ReadStore, workspaceId: string, work: () => Promise<T>): Promise<T> {
  return store.run(workspaceId, async (sql) => {
    const key = [MOVE_LOCK, workspaceId];
    const [row] = await sql.rows<{ mine: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as mine', key);
    if (!row?.mine) {
      const sentence = 'This workspace is being imported by another command: wait until that has ended.';
      throw new MoveRefused('workspace.moving', sentence);
    }
    try {
      return await work();
    } finally {
      await sql.rows('select pg_advisory_unlock($1, hashtext($2))', key);
    }
  });
}

/**
 * Says, before the first event is written, that a history is coming.
 * @throws MoveRefused `clock.behind`: what happens here from now on must not look older than the history
 */
export async function beginTaking(sql: Sql, { header, end, historyUntil }: CheckedFile): Promise<void> {
  const [clock] = await sql.rows<{ ahead: boolean }>('select $1::timestamptz > clock_timestamp() as ahead', [
    historyUntil,
  ]);
  if (clock?.ahead !== false) {
    throw new MoveRefused(
      'clock.behind',
      `The newest event of the file is of ${historyUntil}, which the clock of this database has not reached: set the clock right.`,
    );
  }
  await sql.rows(
    `insert into taken_history (workspace_id, history_until, events, digest) values ($1, $2, $3, $4)
     on conflict (workspace_id) do update
     set history_until = greatest(taken_history.history_until, excluded.history_until), events = excluded.events,
         digest = excluded.digest, whole_at = null`,
    [header.workspace, historyUntil, end.events, end.digest],
  );
}

/** Everything is here: timers run, and people may come in. */
export async function endTaking(sql: Sql, workspaceId: string): Promise<void> {
  await sql.rows('update taken_history set whole_at = now() where workspace_id = $1', [workspaceId]);
}

/** Whether the history of this file, or of a longer one, came here by an import that has ended. */
export async function isWhole(sql: Sql, workspaceId: string): Promise<boolean | undefined> {
  const [row] = await sql.rows<{ whole: boolean }>(
    'select whole_at is not null as whole from taken_history where workspace_id = $1',
    [workspaceId],
  );
  return row?.whole;
}
