import type { Client } from 'pg';
import { installed, pointView, removeGeneration } from './build-generation.js';
import { PROGRESS_CHANNEL } from './checkpoint.js';
import type { LedgerPosition } from './ledger-consumer.js';
import { ownerTransaction } from './owner-transaction.js';

/** `behind`: it has seen less than what is read now, so that readers would go back in time. `gone`: there is no such generation. */
export type SwitchOutcome = 'switched' | 'behind' | 'gone';

class NotYet extends Error {
  constructor(readonly outcome: SwitchOutcome) {
    super(outcome);
  }
}

interface Standing {
  readonly position: LedgerPosition;
}

/**
 * Lets everybody read another generation: view, checkpoint name, functions and the two states change in one transaction, in
 * which neither generation moves. What was read is kept, and what was kept before that is dropped; switching to what is kept is
 * the way back. Requests wait for a moment and none fails.
 */
export async function switchGeneration(
  owner: Client,
  readModel: string,
  table: string,
  compare: (a: LedgerPosition, b: LedgerPosition) => number,
): Promise<SwitchOutcome> {
  try {
    await ownerTransaction(owner, () => change(owner, readModel, table, compare));
    return 'switched';
  } catch (error) {
    if (error instanceof NotYet) return error.outcome;
    throw error;
  }
}

/** Drops what is built or kept, never what is read. False when it is not there. */
export async function dropGeneration(owner: Client, readModel: string, table: string): Promise<boolean> {
  return ownerTransaction(owner, async () => {
    const found = (await installed(owner, readModel)).find((generation) => generation.table === table);
    if (found === undefined || found.state === 'live') return false;
    await removeGeneration(owner, table);
    return true;
  });
}

async function change(
  owner: Client,
  readModel: string,
  table: string,
  compare: (a: LedgerPosition, b: LedgerPosition) => number,
): Promise<void> {
  const all = await installed(owner, readModel);
  const next = all.find((generation) => generation.table === table && generation.state !== 'live');
  const live = all.find(({ state }) => state === 'live');
  if (next === undefined || live === undefined) throw new NotYet('gone');
  // The one that is read stands still first: the other one finishes the page in hand and is level with it.
  const before = await heldStill(owner, live.table);
  const after = await heldStill(owner, next.table);
  if (compare(after.position, before.position) < 0) throw new NotYet('behind');

  if (next.state === 'building') {
    const predecessor = all.find(({ state }) => state === 'kept');
    if (predecessor !== undefined) await removeGeneration(owner, predecessor.table);
  }
  await owner.query('update ledger_checkpoint set name = generation where generation = $1', [live.table]);
  await owner.query('update ledger_checkpoint set name = $2 where generation = $1', [next.table, readModel]);
  await owner.query(
    `update read_model_generation
     set state = case table_name when $1 then 'live' else 'kept' end, wish = null, refusal = null, since = now()
     where table_name in ($1, $2)`,
    [next.table, live.table],
  );
  const { rows } = await owner.query<{ functions: readonly string[] }>(
    'select functions from read_model_generation where table_name = $1',
    [next.table],
  );
  await pointView(owner, readModel, next.table, rows[0]?.functions ?? []);
  await owner.query(`select pg_notify('${PROGRESS_CHANNEL}', $1 || ' ' || $2)`, [readModel, after.position]);
}

async function heldStill(owner: Client, table: string): Promise<Standing> {
  const { rows } = await owner.query<Standing>(
    'select position from ledger_checkpoint where generation = $1 for update',
    [table],
  );
  const [standing] = rows;
  if (standing === undefined) throw new NotYet('gone');
  return standing;
}
