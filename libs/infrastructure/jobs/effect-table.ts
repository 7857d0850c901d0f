import type { Sql } from '@ledgerdesk/read-store';
import type { Effect } from './reaction.js';

/** How long a queue may take before an effect is put into it once more: a flushed Redis costs this much time. */
const QUEUED_SECONDS = 30;

/** How long one try may take before another one may begin. */
const RUNNING_SECONDS = 30;

/** Tries before a person must look at it; with the pauses between them about a day. */
export const MOST_ATTEMPTS = 12;

export interface EffectPointer {
  readonly reaction: string;
  readonly eventId: string;
}

/**
 * Reserves due effects for the queue; other sweepers pass over them. `until` is how far the reaction has read the ledger. A workspace
 * whose history is still being taken over waits: what cancels its effects may not be here yet. So do the `resting` ones.
 */
export function claimDue(
  sql: Sql,
  reaction: string,
  until: Date,
  most: number,
  resting: readonly string[] = [],
): Promise<readonly EffectPointer[]> {
  return sql.rows<EffectPointer>(
    `update effect set queued_until = now() + interval '${String(QUEUED_SECONDS)} seconds'
     where (reaction, event_id) in (
       select reaction, event_id from effect
       where reaction = $1 and state = 'pending' and due <= $2 and queued_until < now()
         and workspace_id <> all ($4::uuid[])
         and not exists (select from taken_history h where h.workspace_id = effect.workspace_id and h.whole_at is null)
       order by due limit $3 for update skip locked)
     returning reaction, event_id as "eventId"`,
    [reaction, until, most, resting],
  );
}

/** Begins a try; `undefined` when there is nothing to do any more, its workspace rests, or another process is doing it. */
export async function beginEffect(
  sql: Sql,
  { reaction, eventId }: EffectPointer,
  resting: readonly string[] = [],
): Promise<Effect | undefined> {
  const [effect] = await sql.rows<Effect>(
    `update effect
     set attempts = attempts + 1, running_until = now() + interval '${String(RUNNING_SECONDS)} seconds'
     where reaction = $1 and event_id = $2 and state = 'pending' and running_until < now()
       and workspace_id <> all ($3::uuid[])
     returning reaction, event_id as "eventId", workspace_id as "workspaceId", stream, revision,
       subject, due, outward_id as "outwardId", correlation_id as "correlationId",
       attempts as attempt`,
    [reaction, eventId, resting],
  );
  return effect;
}

/** Ends an effect. One that was cancelled while it ran stays cancelled. */
export async function endEffect(
  sql: Sql,
  { reaction, eventId }: EffectPointer,
  state: 'done' | 'obsolete' | 'failed',
  reason: string | null,
): Promise<void> {
  await sql.rows(
    `update effect set state = $3, reason = $4 where reaction = $1 and event_id = $2 and state = 'pending'`,
    [reaction, eventId, state, reason],
  );
}

/** Puts an effect off after a failed try: 10 s, 20 s, 40 s … up to three hours. */
export async function postponeEffect(sql: Sql, effect: Effect, reason: string): Promise<void> {
  const seconds = Math.min(10 * 2 ** (effect.attempt - 1), 3 * 3_600);
  await sql.rows(
    `update effect
     set running_until = '-infinity', queued_until = now() + make_interval(secs => $3), reason = $4
     where reaction = $1 and event_id = $2 and state = 'pending'`,
    [effect.reaction, effect.eventId, seconds, reason],
  );
}
