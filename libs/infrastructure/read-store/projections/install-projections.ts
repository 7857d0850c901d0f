import type { Client } from 'pg';
import type { AnyProjection } from '../projection.js';
import { tenantTable } from '../tenant-table.js';
import { PROGRESS_CHANNEL } from './checkpoint.js';
import { createTable, projectionTable } from './projection-table.js';

/**
 * Makes the tables and views of the projections whose version is not installed yet, empty and with their checkpoint at the
 * beginning, so that the runner fills them. Repeating it changes nothing. `owner` is a connection of `ld_owner`.
 */
export async function installProjections(projections: readonly AnyProjection[], owner: Client): Promise<void> {
  for (const projection of projections) {
    const { rows } = await owner.query<{ version: number }>('select version from ledger_checkpoint where name = $1', [
      projection.name,
    ]);
    const installed = await owner.query('select 1 from pg_class where relname = $1', [
      projectionTable(projection).table,
    ]);
    if (rows[0]?.version !== projection.version || installed.rowCount === 0) await reinstall(projection, owner);
  }
}

/**
 * Puts an empty table under the view of a projection and its checkpoint at the beginning, in one transaction: queries find an
 * empty read model, never a missing one, and a runner that was working on the old table is fenced. Every older version goes.
 */
export async function reinstall(projection: AnyProjection, owner: Client): Promise<void> {
  const described = projectionTable(projection);
  const { table, view } = described;
  await owner.query('begin');
  try {
    await owner.query(`set local lock_timeout = '5s'`);
    // The checkpoint first, as runners do: whoever holds it finishes its page, whoever comes later finds another epoch.
    await owner.query(
      `insert into ledger_checkpoint as c (name, version) values ($1, $2)
       on conflict (name) do update
       set version = excluded.version, position = '', epoch = c.epoch + 1, owner = null, lease_until = '-infinity',
           parked_streams = 0, moved_at = now()`,
      [projection.name, projection.version],
    );
    await owner.query(`select pg_notify('${PROGRESS_CHANNEL}', $1 || ' ')`, [projection.name]);
    await owner.query('delete from parked_event where consumer = $1', [projection.name]);
    await dropTables(view, owner);
    const statements = [
      createTable(described),
      ...tenantTable(table, 'select'),
      ...projection.indexes.map((index) => index.replaceAll('{table}', table)),
      `create view ${view} with (security_invoker = true) as select * from ${table}`,
      `grant select on ${view} to ld_app, ld_project`,
      ...(projection.afterInstall ?? []),
    ];
    for (const statement of statements) await owner.query(statement);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

async function dropTables(view: string, owner: Client): Promise<void> {
  await owner.query(`drop view if exists ${view}`);
  const { rows } = await owner.query<{ relname: string }>(
    `select relname from pg_class where relkind = 'r' and relname ~ ('^' || $1 || '_v[0-9]+$')`,
    [view],
  );
  for (const { relname } of rows) await owner.query(`drop table ${relname}`);
}
