import type { Sql } from '@ledgerdesk/read-store';
import type { SignedReport } from './report.js';

/** A verification as the desk shows it. */
export interface Verification {
  readonly id: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly requestedBy: string;
  readonly requestedAt: Date;
  /** Checked so far. */
  readonly events: string;
  readonly report: string | null;
  readonly signature: string | null;
  readonly publicKey: string | null;
}

/** A verification that this process runs now. */
export interface ClaimedVerification {
  readonly id: string;
  readonly workspaceId: string;
  readonly requestedBy: string;
  readonly attempts: number;
}

const COLUMNS = `id, state, requested_by as "requestedBy", requested_at as "requestedAt", events, report, signature,
  public_key as "publicKey"`;

/** Reports of a workspace that are kept. */
const KEPT = 20;
const LEASE = `interval '60 seconds'`;

/** Asks for a verification; when one is waiting or running already, that one is the answer. Inside the workspace of `sql`. */
export async function requestVerification(
  sql: Sql,
  { id, workspaceId, requestedBy }: { readonly id: string; readonly workspaceId: string; readonly requestedBy: string },
): Promise<Verification | undefined> {
  await sql.rows(
    'insert into verification (id, workspace_id, requested_by) values ($1, $2, $3) on conflict do nothing',
    [id, workspaceId, requestedBy],
  );
  const [verification] = await sql.rows<Verification>(
    `select ${COLUMNS} from verification where id = $1 or state in ('waiting', 'running') order by id = $1 desc limit 1`,
    [id],
  );
  return verification;
}

/** The newest verifications of the workspace of `sql`. */
export async function listVerifications(sql: Sql): Promise<readonly Verification[]> {
  return sql.rows<Verification>(`select ${COLUMNS} from verification order by requested_at desc limit ${String(KEPT)}`);
}

/** Takes what waits longest, or what its process has not been heard of for a minute. As `ld_project`. */
export async function claimVerification(sql: Sql): Promise<ClaimedVerification | undefined> {
  const [claimed] = await sql.rows<ClaimedVerification>(
    `update verification set state = 'running', attempts = attempts + 1, events = 0, running_until = now() + ${LEASE}
     where id = (
       select id from verification where state in ('waiting', 'running') and running_until < now()
       order by requested_at limit 1 for update skip locked
     )
     returning id, workspace_id as "workspaceId", requested_by as "requestedBy", attempts`,
  );
  return claimed;
}

/** Says how far it is, and that its process lives. */
export async function noteProgress(sql: Sql, { id, attempts }: ClaimedVerification, events: number): Promise<void> {
  await sql.rows(
    `update verification set events = $3, running_until = now() + ${LEASE}
     where id = $1 and attempts = $2 and state = 'running'`,
    [id, attempts, events],
  );
}

/** Keeps the report, and no more than the newest reports of the workspace; a process that was overtaken changes nothing. */
export async function finishVerification(
  sql: Sql,
  { id, attempts, workspaceId }: ClaimedVerification,
  events: number,
  { report, signature, publicKey }: SignedReport,
): Promise<void> {
  await sql.rows(
    `update verification set state = 'done', events = $3, report = $4, signature = $5, public_key = $6
     where id = $1 and attempts = $2 and state = 'running'`,
    [id, attempts, events, report, signature, publicKey],
  );
  await sql.rows(
    `delete from verification where workspace_id = $1 and state in ('done', 'failed') and id not in (
       select id from verification where workspace_id = $1 order by requested_at desc limit ${String(KEPT)})`,
    [workspaceId],
  );
}

/** Lets it be tried again in a moment, or never, when that was its last try. */
export async function giveUpVerification(
  sql: Sql,
  { id, attempts }: ClaimedVerification,
  isLast: boolean,
): Promise<void> {
  await sql.rows(
    `update verification set state = $3, running_until = now() + interval '5 seconds'
     where id = $1 and attempts = $2 and state = 'running'`,
    [id, attempts, isLast ? 'failed' : 'waiting'],
  );
}
