import type { Sql } from '@ledgerdesk/read-store';
import type { SealKey } from '../format/trusted-keys.js';
import { DOMAIN, textHash, ZEROS } from '../format/texts.js';
import type { NewSeal, SealEnd, ShareEnd } from './make-seal.js';

interface KeyRow {
  readonly ledger: string;
  readonly number: number;
  readonly publicKey: string;
  readonly rotation: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

const KEY_COLUMNS =
  'ledger, number, public_key as "publicKey", rotation, signature_from as "from", signature_to as "to"';

export const BEFORE_THE_FIRST: SealEnd = { number: 0, hash: ZEROS, position: '' };

/** Key of the advisory lock under which seals and keys of seals are added. */
const SEAL_LOCK = 7_105_012;

/** Keeps other sealers and rotations out until the end of the transaction. */
export async function lockSeals(transaction: Sql): Promise<void> {
  await transaction.rows('select pg_advisory_xact_lock($1)', [SEAL_LOCK]);
}

/** The newest seal, and whether it is older than `seconds` by the clock of the database, which also says what time it is. */
export async function newestSeal(
  sql: Sql,
  seconds = 0,
): Promise<{ readonly end: SealEnd; readonly isDue: boolean; readonly now: string }> {
  const [row] = await sql.rows<{ number: string | null; hash: string; position: string; due: boolean; now: Date }>(
    `select number, hash, position, coalesce(sealed_at <= now() - make_interval(secs => $1), true) as due, now() as now
     from (select) one left join lateral (select * from seal order by number desc limit 1) newest on true`,
    [seconds],
  );
  if (!row) throw new Error('The database gave no answer to a question that always has one.');
  const end = row.number === null ? BEFORE_THE_FIRST : { ...row, number: Number(row.number) };
  return { end, isDue: row.due, now: row.now.toISOString() };
}

/** Hash of the seal with this number, as far as there is one; of its text, because a column can say anything. */
export async function sealHash(sql: Sql, number: number): Promise<string | undefined> {
  const seal = await sealRecord(sql, number);
  return seal && textHash(DOMAIN.seal, seal.record);
}

export async function sealRecord(
  sql: Sql,
  number: number,
): Promise<{ readonly record: string; readonly signature: string } | undefined> {
  const [row] = await sql.rows<{ record: string; signature: string }>(
    'select record, signature from seal where number = $1',
    [number],
  );
  return row;
}

/** Where the shares of these workspaces end; those without a share are left out. */
export async function shareEnds(sql: Sql, workspaces: readonly string[]): Promise<ReadonlyMap<string, ShareEnd>> {
  const rows = await sql.rows<{ workspace: string; events: string; hash: string }>(
    `select wanted.id as workspace, last.events, last.hash
     from unnest($1::uuid[]) as wanted (id)
     cross join lateral (
       select events_before + events as events, hash from seal_share
       where workspace_id = wanted.id order by number desc limit 1
     ) last`,
    [workspaces],
  );
  return new Map(rows.map(({ workspace, events, hash }) => [workspace, { events: Number(events), hash }]));
}

/**
 * Adds a seal with all its shares, inside a transaction: `false` when another process has made the seal of this number. Waits for the disk, because
 * the anchor that is written afterwards must not know more than the database after a crash.
 */
export async function addSeal(transaction: Sql, seal: NewSeal): Promise<boolean> {
  await transaction.rows('set local synchronous_commit = on');
  const added = await transaction.rows(
    `insert into seal (number, hash, record, signature, position, sealed_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning number`,
    [seal.number, seal.hash, seal.record, seal.signature, seal.position, seal.sealedAt],
  );
  if (added.length === 0) return false;
  await transaction.rows(
    `insert into seal_share (workspace_id, number, record, hash, path, leaves, events_before, events)
     select workspace, $1, record, hash, path, leaves, before, events
     from json_to_recordset($2::json) as r (workspace uuid, record text, hash text, path text, leaves text, before bigint, events int)`,
    [
      seal.number,
      JSON.stringify(seal.shares.map(({ workspaceId, ...share }) => ({ ...share, workspace: workspaceId }))),
    ],
  );
  return true;
}

/** The keys of this installation's seals, the first one first. */
export async function sealKeys(sql: Sql): Promise<readonly SealKey[]> {
  const rows = await sql.rows<KeyRow>(`select ${KEY_COLUMNS} from seal_key order by number`);
  return rows.map(sealKeyOf);
}

/** The keys of the ledgers where this workspace was before. */
export async function foreignSealKeys(sql: Sql, workspaceId: string): Promise<readonly SealKey[]> {
  const rows = await sql.rows<KeyRow>(
    `select ${KEY_COLUMNS} from foreign_seal_key where workspace_id = $1 order by ledger, number`,
    [workspaceId],
  );
  return rows.map(sealKeyOf);
}

/** Adds a key unless one of this number is there. */
export async function addSealKey(sql: Sql, { ledger, number, publicKey, rotation }: SealKey): Promise<void> {
  await sql.rows(
    `insert into seal_key (ledger, number, public_key, rotation, signature_from, signature_to)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [ledger, number, publicKey, rotation?.text ?? null, rotation?.from ?? null, rotation?.to ?? null],
  );
}

function sealKeyOf({ rotation, from, to, ...key }: KeyRow): SealKey {
  return rotation === null ? key : { ...key, rotation: { text: rotation, from: from ?? '', to: to ?? '' } };
}
