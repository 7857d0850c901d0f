import type { Sql } from '../sql.js';
import type { Comparison } from './compare-generations.js';
import type { LedgerPosition } from './ledger-consumer.js';

/** What the desk reads, what is being built beside it, and what was read before, for going back. */
export type GenerationState = 'building' | 'live' | 'kept';

/**
 * What somebody wants done with a generation. The worker does it and takes the wish away. `switch-if-sound` is what a rebuild
 * ends with by itself: unless more streams are parked in the new rows.
 */
export const WISHES = {
  building: ['switch', 'switch-if-sound', 'switch-if-equal', 'compare', 'drop'],
  live: ['rebuild', 'rebuild-and-switch', 'rebuild-and-switch-if-equal', 'replay'],
  kept: ['switch', 'compare', 'drop'],
} as const;
export type Wish = (typeof WISHES)[GenerationState][number];

/** Why a wish was not fulfilled, by code. */
export const REFUSALS = {
  'read-model.differs': 'The rows that were built differ from those that are read, so they were not switched to.',
  'read-model.more-parked':
    'More streams are parked in what was built than in what is read, so it was not switched to.',
  'read-model.not-level':
    'One of the two has not seen the newest events, and no worker of its version runs: start one, then ask again.',
  'read-model.building': 'It is being built already: wait for it, or drop it first.',
  'read-model.still-parked': 'Some events still can not be applied; the log of the worker says why.',
} as const;
export type Refusal = keyof typeof REFUSALS;

/** One filling of a read model: a table of its own, with a checkpoint of its own. */
export interface Generation {
  /** `<read model>_v<version>`, with a number behind it when the version is built again. */
  readonly table: string;
  readonly readModel: string;
  readonly version: number;
  readonly state: GenerationState;
  readonly wish: Wish | null;
  readonly refusal: Refusal | null;
  readonly comparison: Comparison | null;
  /** When it first had seen the whole ledger. */
  readonly builtAt: Date | null;
  /** When it came into its state. */
  readonly since: Date;
  readonly position: LedgerPosition;
  /** Seconds for which it has been in its state, and since its position last moved; by the clock of the database. */
  readonly inState: number;
  readonly still: number;
  readonly parkedStreams: number;
  /** Whether a process brings it forward. */
  readonly running: boolean;
}

/** Every generation, in the order of their read models; `ld_app` and `ld_project` may ask. */
export function generations(sql: Sql): Promise<readonly Generation[]> {
  return sql.rows<Generation>(
    `select g.table_name as "table", g.read_model as "readModel", g.version, g.state, g.wish, g.refusal, g.comparison,
       g.built_at as "builtAt", g.since, c.position, extract(epoch from now() - g.since)::float8 as "inState",
       extract(epoch from now() - c.moved_at)::float8 as still, c.parked_streams as "parkedStreams",
       c.lease_until > now() as running
     from read_model_generation g join ledger_checkpoint c on c.generation = g.table_name
     order by g.read_model, g.state = 'live' desc, g.state`,
  );
}

/** Leaves a wish on a generation in place of an earlier one; false when it is gone. Allowed to `ld_app`. */
export async function wishFor(sql: Sql, table: string, wish: Wish): Promise<boolean> {
  const changed = await sql.rows(
    `update read_model_generation set wish = $2, refusal = null where table_name = $1 returning table_name`,
    [table, wish],
  );
  return changed.length === 1;
}
