import type { Client } from 'pg';
import type { AnyProjection } from '../projection.js';
import { tenantTable } from '../tenant-table.js';
import type { Wish } from './generation.js';
import { createTable, firstTable, projectionTable } from './projection-table.js';

/** A generation as the owner of the tables sees it. */
export interface InstalledGeneration {
  readonly table: string;
  readonly version: number;
  readonly state: 'building' | 'live' | 'kept';
}

/** The generations of one read model. Inside a transaction nobody else changes them until its end. */
export async function installed(owner: Client, readModel: string): Promise<readonly InstalledGeneration[]> {
  await owner.query(`select pg_advisory_xact_lock(hashtextextended('read model ' || $1, 0))`, [readModel]);
  const { rows } = await owner.query<InstalledGeneration>(
    'select table_name as "table", version, state from read_model_generation where read_model = $1',
    [readModel],
  );
  return rows;
}

/** Makes the empty table of a new generation, and its checkpoint at the beginning of the ledger. */
export async function createGeneration(
  owner: Client,
  projection: AnyProjection,
  state: 'building' | 'live',
  wish: Wish | null = null,
): Promise<string> {
  const { name, version } = projection;
  const table = await freeTable(owner, projection);
  const statements = [
    createTable(projectionTable(projection, table)),
    ...tenantTable(table, 'select'),
    ...projection.indexes.map((index) => index.replaceAll('{table}', table)),
  ];
  for (const statement of statements) await owner.query(statement);
  await owner.query(
    `insert into read_model_generation (table_name, read_model, version, state, wish, functions)
     values ($1, $2, $3, $4, $5, $6)`,
    [table, name, version, state, wish, JSON.stringify(projection.afterInstall ?? [])],
  );
  // Epochs begin at the instant, so that a runner of an earlier checkpoint of this name can never pass for its owner.
  await owner.query(
    `insert into ledger_checkpoint (name, generation, version, epoch)
     values ($1, $2, $3, (extract(epoch from clock_timestamp()) * 1000)::bigint)`,
    [state === 'live' ? name : table, table, version],
  );
  return table;
}

/** Takes a generation away with its table and everything that is known of it. A runner that is at work finds itself fenced. */
export async function removeGeneration(owner: Client, table: string): Promise<void> {
  // The checkpoint first, as runners do: whoever holds it finishes its page.
  await owner.query('delete from ledger_checkpoint where generation = $1', [table]);
  await owner.query('delete from parked_event where consumer = $1', [table]);
  await owner.query('delete from read_model_generation where table_name = $1', [table]);
  await owner.query(`drop table if exists ${table}`);
}

/** Lets everybody read another table under the stable name, with the functions that belong to it. */
export async function pointView(
  owner: Client,
  readModel: string,
  table: string,
  functions: readonly string[],
): Promise<void> {
  const statements = [
    `drop view if exists ${readModel}`,
    `create view ${readModel} with (security_invoker = true) as select * from ${table}`,
    `grant select on ${readModel} to ld_app, ld_project`,
    ...functions,
  ];
  for (const statement of statements) await owner.query(statement);
}

/** Numbers of builds never come back, so a table of this name never was another one. */
async function freeTable(owner: Client, projection: AnyProjection): Promise<string> {
  const first = firstTable(projection);
  const { rows } = await owner.query<{ taken: boolean; build: string }>(
    `select to_regclass($1) is not null as taken, nextval('read_model_build') as build`,
    [first],
  );
  return rows[0]?.taken === false ? first : `${first}_${rows[0]?.build ?? ''}`;
}
