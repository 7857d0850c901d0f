import type { Sql } from '@ledgerdesk/read-store';

/** An export as the desk shows it. */
export interface LedgerExport {
  readonly id: string;
  readonly slug: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly withKeys: boolean;
  /** So far. */
  readonly events: string;
  readonly bytes: string;
  readonly digest: string | null;
}

export interface ExportRequest {
  readonly id: string;
  readonly workspaceId: string;
  readonly slug: string;
  readonly requestedBy: string;
  /** How the file says that its keys are protected, and the key that protects them, wrapped; both only with keys. */
  readonly protection: string | null;
  readonly wrappedKey: Buffer | null;
}

/** An export that this process makes now. */
export interface ClaimedExport extends Pick<
  ExportRequest,
  'id' | 'workspaceId' | 'slug' | 'protection' | 'wrappedKey'
> {
  readonly requestedAt: Date;
  readonly attempts: number;
}

const COLUMNS = `id, slug, state, requested_by as "requestedBy", requested_at as "requestedAt", expires_at as "expiresAt",
  with_keys as "withKeys", events, bytes, digest`;

/** Exports of a workspace that are kept. */
const KEPT = 3;
const LEASE = `interval '60 seconds'`;

/** The export that is being made for the workspace of `sql`, or the one with this id. */
export async function exportInProgress(sql: Sql, id: string): Promise<LedgerExport | undefined> {
  const [found] = await sql.rows<LedgerExport>(
    `select ${COLUMNS} from ledger_export where id = $1 or state in ('waiting', 'running') order by id = $1 desc limit 1`,
    [id],
  );
  return found;
}

/** Asks for an export; when one is being made already, that one stays the only one. */
export async function requestExport(sql: Sql, request: ExportRequest): Promise<void> {
  const { id, workspaceId, slug, requestedBy, protection, wrappedKey } = request;
  await sql.rows(
    `insert into ledger_export (id, workspace_id, slug, requested_by, with_keys, protection, wrapped_key)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [id, workspaceId, slug, requestedBy, wrappedKey !== null, protection, wrappedKey],
  );
}

/** The exports of the workspace of `sql` that have not expired, the newest first. */
export async function listExports(sql: Sql): Promise<readonly LedgerExport[]> {
  return sql.rows<LedgerExport>(
    `select ${COLUMNS} from ledger_export where expires_at > now() order by requested_at desc limit ${String(KEPT)}`,
  );
}

/** A finished export of the workspace of `sql` that has not expired. */
export async function finishedExport(sql: Sql, id: string): Promise<LedgerExport | undefined> {
  const [found] = await sql.rows<LedgerExport>(
    `select ${COLUMNS} from ledger_export where id = $1 and state = 'done' and expires_at > now()`,
    [id],
  );
  return found;
}

export async function exportPart(sql: Sql, id: string, number: number): Promise<Buffer | undefined> {
  const [part] = await sql.rows<{ bytes: Buffer }>(
    'select bytes from ledger_export_part where export_id = $1 and number = $2',
    [id, number],
  );
  return part?.bytes;
}

/** Takes what waits longest, or what its process has not been heard of for a minute; its parts are made again. As `ld_project`. */
export async function claimExport(sql: Sql): Promise<ClaimedExport | undefined> {
  return sql.transaction(async (transaction) => {
    const [claimed] = await transaction.rows<ClaimedExport>(
      `update ledger_export
       set state = 'running', attempts = attempts + 1, events = 0, bytes = 0, running_until = now() + ${LEASE}
       where id = (
         select id from ledger_export where state in ('waiting', 'running') and running_until < now()
         order by requested_at limit 1 for update skip locked
       )
       returning id, workspace_id as "workspaceId", slug, protection, wrapped_key as "wrappedKey",
         requested_at as "requestedAt", attempts`,
    );
    if (claimed) await transaction.rows('delete from ledger_export_part where export_id = $1', [claimed.id]);
    return claimed;
  });
}

/** Adds a part, and says that its process lives; `false` when another process has taken over. */
export async function addPart(
  sql: Sql,
  { id, workspaceId, attempts }: ClaimedExport,
  number: number,
  bytes: Buffer,
): Promise<boolean> {
  const added = await sql.rows(
    `with mine as (
       update ledger_export set bytes = bytes + octet_length($5::bytea), running_until = now() + ${LEASE}
       where id = $1 and attempts = $3 and state = 'running' returning id
     )
     insert into ledger_export_part (export_id, workspace_id, number, bytes) select id, $2, $4, $5 from mine returning number`,
    [id, workspaceId, attempts, number, bytes],
  );
  return added.length === 1;
}

/** Says how many events there are so far, and that the process lives. */
export async function noteExportProgress(sql: Sql, { id, attempts }: ClaimedExport, events: number): Promise<void> {
  await sql.rows(
    `update ledger_export set events = $3, running_until = now() + ${LEASE}
     where id = $1 and attempts = $2 and state = 'running'`,
    [id, attempts, events],
  );
}

/** The file is whole. The key that protects its keys is forgotten, and all but the newest exports of the workspace go. */
export async function finishExport(
  sql: Sql,
  { id, attempts, workspaceId }: ClaimedExport,
  { events, digest }: { readonly events: number; readonly digest: string },
): Promise<void> {
  await sql.rows(
    `update ledger_export
     set state = 'done', events = $3, digest = $4, wrapped_key = null, expires_at = now() + interval '1 day'
     where id = $1 and attempts = $2 and state = 'running'`,
    [id, attempts, events, digest],
  );
  await sql.rows(
    `delete from ledger_export where workspace_id = $1 and state in ('done', 'failed') and id not in (
       select id from ledger_export where workspace_id = $1 order by requested_at desc limit ${String(KEPT)})`,
    [workspaceId],
  );
}

/** Lets it be tried again in a moment, or never, when that was its last try. */
export async function giveUpExport(sql: Sql, { id, attempts }: ClaimedExport, isLast: boolean): Promise<void> {
  await sql.rows(
    `update ledger_export
     set state = $3, running_until = now() + interval '5 seconds', wrapped_key = case when $4 then null else wrapped_key end
     where id = $1 and attempts = $2 and state = 'running'`,
    [id, attempts, isLast ? 'failed' : 'waiting', isLast],
  );
}

/** Removes what has expired, with its parts. */
export async function removeExpiredExports(sql: Sql): Promise<void> {
  await sql.rows('delete from ledger_export where expires_at < now()');
}
