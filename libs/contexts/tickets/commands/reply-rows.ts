import type { Sql } from '@ledgerdesk/read-store';
import type { ReplyState, ThenStatus } from '../domain/scheduled-reply.js';

/** A row of `scheduled_reply`. */
export interface ReplyRow {
  readonly id: string;
  readonly ticketId: string;
  readonly memberId: string;
  readonly version: string;
  readonly state: ReplyState;
  /** Sealed; null once it was sent. */
  readonly content: string | null;
  readonly thenStatus: ThenStatus | null;
  readonly seenVersion: number | null;
  readonly sendAt: Date;
  readonly timerId: string;
  /** Code of the refusal. */
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `reply_id as id, ticket_id as "ticketId", member_id as "memberId", version, state, content,
  then_status as "thenStatus", seen_version as "seenVersion", send_at as "sendAt", timer_id as "timerId", reason,
  created_at as "createdAt", updated_at as "updatedAt"`;

/** Versions go by the clock, like those of drafts. */
const NOW = `floor(extract(epoch from clock_timestamp()) * 1000)`;

/** What its author may set. */
export type ReplyWish = Pick<ReplyRow, 'content' | 'thenStatus' | 'seenVersion' | 'sendAt' | 'timerId'>;

export async function insertReply(
  sql: Sql,
  {
    workspaceId,
    ...reply
  }: ReplyWish & Pick<ReplyRow, 'id' | 'ticketId' | 'memberId'> & { readonly workspaceId: string },
): Promise<ReplyRow> {
  const { id, memberId, ticketId, content, thenStatus, seenVersion, sendAt, timerId } = reply;
  const [row] = await sql.rows<ReplyRow>(
    `insert into scheduled_reply
       (reply_id, workspace_id, member_id, ticket_id, version, state, content, then_status, seen_version, send_at, timer_id)
     values ($1, $2, $3, $4, ${NOW}, 'scheduled', $5, $6, $7, $8, $9) returning ${COLUMNS}`,
    [id, workspaceId, memberId, ticketId, content, thenStatus, seenVersion, sendAt, timerId],
  );
  return known(row);
}

/** The author's own reply, locked until the transaction ends. */
export async function ownReply(
  sql: Sql,
  workspaceId: string,
  memberId: string,
  id: string,
): Promise<ReplyRow | undefined> {
  const rows = await sql.rows<ReplyRow>(
    `select ${COLUMNS} from scheduled_reply where workspace_id = $1 and member_id = $2 and reply_id = $3 for update`,
    [workspaceId, memberId, id],
  );
  return rows.at(0);
}

/** Own replies that wait, the next one first; those of one ticket, or of all. */
export async function waitingReplies(
  sql: Sql,
  workspaceId: string,
  memberId: string,
  ticketId: string | null,
  most: number,
): Promise<readonly ReplyRow[]> {
  return sql.rows<ReplyRow>(
    `select ${COLUMNS} from scheduled_reply
     where workspace_id = $1 and member_id = $2 and state <> 'sent' and ($3::uuid is null or ticket_id = $3)
     order by send_at, reply_id limit $4`,
    [workspaceId, memberId, ticketId, most],
  );
}

export async function countWaiting(
  sql: Sql,
  workspaceId: string,
  memberId: string,
  ticketId: string,
): Promise<{ readonly inTicket: number; readonly ofMember: number }> {
  const [row] = await sql.rows<{ inTicket: string; ofMember: string }>(
    `select count(*) filter (where ticket_id = $3) as "inTicket", count(*) as "ofMember" from scheduled_reply
     where workspace_id = $1 and member_id = $2 and state <> 'sent'`,
    [workspaceId, memberId, ticketId],
  );
  return { inTicket: Number(row?.inTicket), ofMember: Number(row?.ofMember) };
}

/** Sent replies are remembered for a day, without their text, so that taking one back too late is told as what it is. */
export async function forgetSent(sql: Sql, workspaceId: string, memberId: string): Promise<void> {
  await sql.rows(
    `delete from scheduled_reply where workspace_id = $1 and member_id = $2 and state = 'sent'
       and updated_at < now() - interval '1 day'`,
    [workspaceId, memberId],
  );
}

/** What its author changed. A reply that a worker has taken already stays with it. */
export async function changeReply(
  sql: Sql,
  id: string,
  { content, thenStatus, seenVersion, sendAt, timerId }: ReplyWish,
): Promise<ReplyRow> {
  const [row] = await sql.rows<ReplyRow>(
    `update scheduled_reply set content = $2, then_status = $3, seen_version = $4, send_at = $5, timer_id = $6,
       state = case when state = 'sending' then state else 'scheduled' end, reason = null,
       version = greatest(version + 1, ${NOW}), updated_at = now()
     where reply_id = $1 returning ${COLUMNS}`,
    [id, content, thenStatus, seenVersion, sendAt, timerId],
  );
  return known(row);
}

export async function deleteReply(sql: Sql, id: string): Promise<void> {
  await sql.rows('delete from scheduled_reply where reply_id = $1', [id]);
}

/** Takes a reply to send it; from here on its author can not change it. Only the newest timer may. */
export async function takeReply(sql: Sql, id: string, timerId: string): Promise<ReplyRow | undefined> {
  const rows = await sql.rows<ReplyRow>(
    `update scheduled_reply set state = 'sending', version = greatest(version + 1, ${NOW}), updated_at = now()
     where reply_id = $1 and timer_id = $2 and state in ('scheduled', 'sending') returning ${COLUMNS}`,
    [id, timerId],
  );
  return rows.at(0);
}

/** What became of it. The text of a sent reply stands in the ledger and nowhere else. */
export async function settleReply(
  sql: Sql,
  id: string,
  state: 'sent' | 'held' | 'failed',
  reason: string | null,
): Promise<void> {
  await sql.rows(
    `update scheduled_reply set state = $2, reason = $3, content = case when $2 = 'sent' then null else content end,
       version = greatest(version + 1, ${NOW}), updated_at = now()
     where reply_id = $1 and state = 'sending'`,
    [id, state, reason],
  );
}

function known(row: ReplyRow | undefined): ReplyRow {
  if (!row) throw new Error('The reply is gone.');
  return row;
}
