import type { Sql } from '../sql.js';
import { identityOf, type LedgerConsumer, type LedgerPosition } from './ledger-consumer.js';

/** Channel on which every commit of a consumer is told: `<name> <position>`. The generation that is read has the plain name. */
export const PROGRESS_CHANNEL = 'ld_progress';

/** A runner that is not heard of for this long has lost its consumers to whoever asks next. */
export const LEASE_SECONDS = 5;

/** Proof of ownership: valid until somebody else claims the checkpoint, which raises the epoch. */
export interface Claim {
  /** The table of a generation, the name of any other consumer. */
  readonly checkpoint: string;
  readonly epoch: string;
  readonly position: LedgerPosition;
}

/** Another runner owns the checkpoint now; nothing of this transaction may be committed. */
export class Fenced extends Error {
  constructor(name: string) {
    super(`${name} is run by another runner.`);
    this.name = 'Fenced';
  }
}

/** How statements find the checkpoint of a consumer. */
const IDENTITY = 'coalesce(generation, name)';

/** Takes the checkpoint when nobody holds it; `undefined` while somebody does, or when a newer version is installed. */
export async function claimCheckpoint(
  sql: Sql,
  consumer: Pick<LedgerConsumer, 'name' | 'generation' | 'version'>,
  owner: string,
): Promise<Claim | undefined> {
  // That of a generation is made, and goes, with its table.
  if (consumer.generation === undefined)
    await sql.rows('insert into ledger_checkpoint (name, version) values ($1, $2) on conflict do nothing', [
      consumer.name,
      consumer.version,
    ]);
  const [claim] = await sql.rows<Claim>(
    `update ledger_checkpoint
     set epoch = epoch + 1, owner = $3, lease_until = now() + interval '${String(LEASE_SECONDS)} seconds'
     where ${IDENTITY} = $1 and version = $2 and (owner = $3 or lease_until < now())
     returning ${IDENTITY} as checkpoint, epoch, position`,
    [identityOf(consumer), consumer.version, owner],
  );
  return claim;
}

/** Takes the checkpoint from whoever holds it, who then finds itself fenced; free for the next claim at once. */
export async function seizeCheckpoint(sql: Sql, checkpoint: string): Promise<Claim | undefined> {
  const [claim] = await sql.rows<Claim>(
    `update ledger_checkpoint set epoch = epoch + 1, owner = null, lease_until = '-infinity'
     where ${IDENTITY} = $1 returning ${IDENTITY} as checkpoint, epoch, position`,
    [checkpoint],
  );
  return claim;
}

/** Moves the checkpoint and tells everybody at commit. First statement of its transaction: the row lock keeps others out. */
export async function moveCheckpoint(sql: Sql, claim: Claim, position: LedgerPosition): Promise<void> {
  const moved = await sql.rows(
    `update ledger_checkpoint
     set position = $4, moved_at = now(), lease_until = now() + interval '${String(LEASE_SECONDS)} seconds'
     where ${IDENTITY} = $1 and epoch = $2 and position = $3
     returning pg_notify('${PROGRESS_CHANNEL}', name || ' ' || position)`,
    [claim.checkpoint, claim.epoch, claim.position, position],
  );
  if (moved.length === 0) throw new Fenced(claim.checkpoint);
}

/** Says that the owner still lives; answers with the epochs of the checkpoints that are still its own. */
export async function renewLeases(sql: Sql, owner: string): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.rows<{ checkpoint: string; epoch: string }>(
    `update ledger_checkpoint set lease_until = now() + interval '${String(LEASE_SECONDS)} seconds'
     where owner = $1 returning ${IDENTITY} as checkpoint, epoch`,
    [owner],
  );
  return new Map(rows.map(({ checkpoint, epoch }) => [checkpoint, epoch]));
}

/** Lets the next runner begin at once. */
export async function releaseLeases(sql: Sql, owner: string): Promise<void> {
  await sql.rows(`update ledger_checkpoint set lease_until = '-infinity', owner = null where owner = $1`, [owner]);
}
