import type { Sql } from '../sql.js';
import type { LedgerPosition, LedgerSource } from './ledger-consumer.js';

/**
 * The sentence that says why the followers of this database can not go on with this ledger; `undefined` when they can. A ledger that
 * does not answer is not judged: it comes back as it was.
 */
export async function foreignCheckpoint(
  sql: Sql,
  ledger: Pick<LedgerSource, 'head' | 'compare'>,
): Promise<string | undefined> {
  const checkpoints = await sql.rows<{ name: string; position: LedgerPosition }>(
    'select name, position from ledger_checkpoint',
  );
  try {
    for (const { position } of checkpoints) ledger.compare(position, position);
  } catch {
    return 'This database follows a ledger in another kind of store: set or unset EVENTSTORE_URL as it was, or move the ledger with export and import.';
  }
  // Asked for after the checkpoints, so that it can only be further.
  const head = await ledger.head().catch(() => undefined);
  const ahead = checkpoints.find(({ position }) => head !== undefined && ledger.compare(position, head) > 0);
  return (
    ahead &&
    `The ledger ends before what "${ahead.name}" has seen of it, so it was exchanged or restored from an older backup: restore a backup of Postgres that is older than the ledger's.`
  );
}
