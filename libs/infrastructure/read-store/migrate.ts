import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator, type Migration } from '@mikro-orm/migrations';
import type { Constructor } from '@mikro-orm/core';
import { Client } from 'pg';
import { prepareDatabase } from './prepare-database.js';
import { roleUrl } from './roles.js';

/** One key of the session lock that keeps two migrations of one database apart. */
const MIGRATION_LOCK = 7_105_001;

/** `inbox_v2`, and `inbox_v2_17` when the version was built again. */
const GENERATION_TABLE = /_v\d+(?:_\d+)?$/;

export interface MigrateOptions {
  /** May create roles and owns the database; used for nothing else. */
  readonly databaseUrl: string;
  readonly installationKey: Uint8Array;
  /** Run in the order of their class names, each in its own transaction, as `ld_owner`. */
  readonly migrations: readonly Constructor<Migration>[];
  /** Runs after the migrations with a connection of `ld_owner`; the place to install read models. */
  readonly install?: (owner: Client) => Promise<void>;
  readonly log?: (line: string) => void;
}

/** Brings the database to the newest schema. Safe to repeat and to run from several processes at once. */
export async function migrate(options: MigrateOptions): Promise<void> {
  const admin = new Client({ connectionString: options.databaseUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await prepareDatabase(admin, options.installationKey);
    const ownerUrl = roleUrl(options.databaseUrl, options.installationKey, 'ld_owner');
    await runMigrations(ownerUrl, options);
    if (options.install) await withClient(ownerUrl, options.install);
  } finally {
    await admin.end();
  }
}

async function runMigrations(ownerUrl: string, { migrations, log }: MigrateOptions): Promise<void> {
  const orm = await MikroORM.init({
    clientUrl: ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    // Tables of read models come and go with their generations: no comparison of schemas may touch them.
    schemaGenerator: { skipTables: [GENERATION_TABLE] },
    migrations: {
      migrationsList: migrations.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      tableName: 'schema_migration',
      transactional: true,
      allOrNothing: false,
      snapshot: false,
      snapshotOnMigrate: false,
      silent: true,
    },
  });
  try {
    for (const { name } of await orm.migrator.up()) log?.(`Migrated ${name}`);
  } finally {
    await orm.close(true);
  }
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
