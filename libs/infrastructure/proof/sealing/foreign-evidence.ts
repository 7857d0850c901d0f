import type { Sql } from '@ledgerdesk/read-store';
import { jsonOf, seal as sealSchema, share as shareSchema } from '../format/texts.js';
import type { PathStep } from '../format/merkle.js';
import type { SealKey } from '../format/trusted-keys.js';

/** A share of a workspace and its seal, as an export holds them. */
export interface ForeignSeal {
  readonly record: string;
  readonly signature: string;
  readonly share: string;
  readonly leaves: readonly string[];
  readonly path: readonly PathStep[];
}

/** Keeps the keys of the ledgers where a workspace was before; known ones stay. */
export async function addForeignSealKeys(sql: Sql, workspaceId: string, keys: readonly SealKey[]): Promise<void> {
  for (const { ledger, number, publicKey, rotation } of keys) {
    await sql.rows(
      `insert into foreign_seal_key (workspace_id, ledger, number, public_key, rotation, signature_from, signature_to)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [workspaceId, ledger, number, publicKey, rotation?.text ?? null, rotation?.from ?? null, rotation?.to ?? null],
    );
  }
}

/** Keeps seals that a workspace brought along; known ones stay. Whether they hold is what verification says. */
export async function addForeignSeals(sql: Sql, workspaceId: string, seals: readonly ForeignSeal[]): Promise<void> {
  for (const { record, signature, share, leaves, path } of seals) {
    const { ledger, number } = sealSchema.parse(jsonOf(record));
    const { before, count } = shareSchema.parse(jsonOf(share));
    await sql.rows(
      `insert into foreign_seal
         (workspace_id, ledger, number, record, signature, share, path, leaves, events_before, events)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
      [workspaceId, ledger, number, record, signature, share, JSON.stringify(path), leaves.join('\n'), before, count],
    );
  }
}
