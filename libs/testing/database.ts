import { createHash, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Schema } from '../../apps/worker/src/schema.js';

/** One for all test databases: they share a server, whose roles have one password each. */
export const TEST_INSTALLATION_KEY = createHash('sha256').update('ledgerdesk tests').digest();

/** Key of the lock under which one worker of the test run makes the template and the others wait. */
const TEMPLATE_LOCK = 7_105_900;

export interface TestDatabase {
  readonly installationKey: Uint8Array;
  /** Superuser, for arranging and looking behind the scenes. */
  readonly adminUrl: string;
  /** What an operator configures as `DATABASE_URL`; here the same superuser. */
  readonly databaseUrl: string;
  readonly appUrl: string;
  readonly projectUrl: string;
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/**
 * A database of its own, migrated and with all read models installed, copied from a template that is made once per run.
 * @param only fewer tables than the whole installation has, for suites of one library
 */
export async function createTestDatabase(only?: Schema): Promise<TestDatabase> {
  // Loaded here, because specs that want nothing but `given` come through the same door.
  const { prepareDatabase, roleUrl } = await import('@ledgerdesk/read-store');
  const schema = only ?? (await import('../../apps/worker/src/schema.js')).schema;
  const server = process.env.TEST_POSTGRES_URL;
  if (server === undefined) throw new Error('TEST_POSTGRES_URL is not set: run this through the int project of jest.');
  const name = `ld_${randomUUID().replaceAll('-', '')}`;
  const url = named(server, name);
  await withClient(server, async (admin) => {
    // Roles belong to the server, not to a database, so they may not be altered by two workers at a time either.
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const template = await templateOf(schema, server, admin);
    await admin.query(`create database ${name} template ${template}`);
    // Rights on the database itself are not copied.
    await withClient(url, (database) => prepareDatabase(database, TEST_INSTALLATION_KEY));
  });
  return {
    installationKey: TEST_INSTALLATION_KEY,
    adminUrl: url,
    databaseUrl: url,
    appUrl: roleUrl(url, TEST_INSTALLATION_KEY, 'ld_app'),
    projectUrl: roleUrl(url, TEST_INSTALLATION_KEY, 'ld_project'),
    ownerUrl: roleUrl(url, TEST_INSTALLATION_KEY, 'ld_owner'),
    drop: () =>
      withClient(server, async (admin) => {
        await admin.query(`drop database ${name} with (force)`);
      }),
  };
}

async function templateOf(schema: Schema, server: string, admin: Client): Promise<string> {
  const parts = [
    ...schema.migrations.map(({ name }) => name),
    ...schema.projections.map(({ name, version }) => `${name}_v${String(version)}`),
  ];
  const template = `ldt_${createHash('sha256').update(parts.join()).digest('hex').slice(0, 16)}`;
  const existing = await admin.query('select 1 from pg_database where datname = $1', [template]);
  if (existing.rowCount === 1) return template;
  const draft = `${template}_draft`;
  await admin.query(`drop database if exists ${draft} with (force)`);
  await admin.query(`create database ${draft}`);
  const { installProjections, migrate } = await import('@ledgerdesk/read-store');
  await migrate({
    databaseUrl: named(server, draft),
    installationKey: TEST_INSTALLATION_KEY,
    migrations: schema.migrations,
    install: (owner) => installProjections(schema.projections, owner),
  });
  // Under its final name only when complete: a failed migration must not be taken for a template.
  await admin.query(`alter database ${draft} rename to ${template}`);
  return template;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function named(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
