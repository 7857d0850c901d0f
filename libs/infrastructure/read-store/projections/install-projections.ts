import type { Client } from 'pg';
import type { AnyProjection } from '../projection.js';
import {
  createGeneration,
  installed,
  type InstalledGeneration,
  pointView,
  removeGeneration,
} from './build-generation.js';
import { PROGRESS_CHANNEL } from './checkpoint.js';
import type { Wish } from './generation.js';
import { ownerTransaction } from './owner-transaction.js';

/**
 * Makes the read models that are not there yet, empty, for the runner to fill. One that is there in an older version stays as it
 * is and is read until the new version, which begins to be built beside it, has seen the whole ledger. Repeating it changes
 * nothing. `owner` is a connection of `ld_owner`.
 */
export async function installProjections(
  projections: readonly AnyProjection[],
  owner: Client,
  log: (line: string) => void = () => undefined,
): Promise<void> {
  for (const projection of projections) {
    const line = await ownerTransaction(owner, () => install(projection, owner));
    if (line !== undefined) log(line);
  }
}

/**
 * Begins to build a read model again beside the one that is read, from the beginning of the ledger; an unfinished build of an
 * older version gives way.
 * @param wish what happens once it has seen the whole ledger; with null it waits for a decision
 * @returns its table, or undefined when one of this version or a newer one is being built already
 */
export async function rebuildBeside(
  projection: AnyProjection,
  owner: Client,
  wish: Wish | null,
): Promise<string | undefined> {
  return ownerTransaction(owner, async () => build(projection, owner, await installed(owner, projection.name), wish));
}

/**
 * Throws every generation of a read model away and puts an empty one under its name: queries find it empty, never missing, until
 * the runner has filled it. For a table that was damaged or lost; `rebuildBeside` keeps the desk readable.
 */
export async function reinstall(projection: AnyProjection, owner: Client): Promise<void> {
  await ownerTransaction(owner, async () => renew(projection, owner, await installed(owner, projection.name)));
}

async function install(projection: AnyProjection, owner: Client): Promise<string | undefined> {
  const { name, version } = projection;
  const found = await installed(owner, name);
  const live = found.find(({ state }) => state === 'live');
  if (live === undefined || !(await exists(owner, live.table))) {
    await renew(projection, owner, found);
    return undefined;
  }
  if (live.version === version) await renewFunctions(projection, owner, live);
  if (live.version > version)
    return `${name} is read in version ${String(live.version)}, which is newer than this release: only a worker of the newer release keeps it up to date. To go back, run "ledgerdesk rebuild ${name}".`;
  if (live.version < version && (await build(projection, owner, found, 'switch-if-sound')) !== undefined)
    return `Version ${String(version)} of ${name} is built beside version ${String(live.version)}, which is read meanwhile.`;
  return undefined;
}

async function build(
  projection: AnyProjection,
  owner: Client,
  found: readonly InstalledGeneration[],
  wish: Wish | null,
): Promise<string | undefined> {
  const building = found.find(({ state }) => state === 'building');
  if (building !== undefined) {
    if (building.version >= projection.version) return undefined;
    await removeGeneration(owner, building.table);
  }
  return createGeneration(owner, projection, 'building', wish);
}

async function renew(projection: AnyProjection, owner: Client, found: readonly InstalledGeneration[]): Promise<void> {
  await owner.query(`drop view if exists ${projection.name}`);
  for (const { table } of found) await removeGeneration(owner, table);
  const table = await createGeneration(owner, projection, 'live');
  await pointView(owner, projection.name, table, projection.afterInstall ?? []);
  await owner.query(`select pg_notify('${PROGRESS_CHANNEL}', $1 || ' ')`, [projection.name]);
}

/** Functions of the read side may change without the rows. */
async function renewFunctions(projection: AnyProjection, owner: Client, live: InstalledGeneration): Promise<void> {
  const functions = JSON.stringify(projection.afterInstall ?? []);
  const { rowCount } = await owner.query(
    'update read_model_generation set functions = $2 where table_name = $1 and functions <> $2::jsonb',
    [live.table, functions],
  );
  if (rowCount === 1) for (const statement of projection.afterInstall ?? []) await owner.query(statement);
}

async function exists(owner: Client, table: string): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table]);
  return rows[0]?.there === true;
}
