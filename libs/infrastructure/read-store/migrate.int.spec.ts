import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { Client } from 'pg';
import { ledgerMigrations } from '@ledgerdesk/event-store';
import { migrate } from './migrate.js';
import { prepareDatabase } from './prepare-database.js';

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ migrations: ledgerMigrations, projections: [] });
  });
  afterAll(() => database.drop());

  const again = (databaseUrl = database.databaseUrl): Promise<void> =>
    migrate({ databaseUrl, installationKey: database.installationKey, migrations: ledgerMigrations });

  it('may be repeated, also by several processes at once', async () => {
    await Promise.all([again(), again(), again()]);
    const [row] = await query(database.adminUrl, 'select count(*)::int as migrations from schema_migration');
    expect(row).toEqual({ migrations: ledgerMigrations.length });
  });

  it('makes roles without special rights, none of which owns what it uses', async () => {
    const roles = await query(
      database.adminUrl,
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles
       where rolname like 'ld\\_%' order by rolname`,
    );
    const plain = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false };
    expect(roles).toEqual([
      { rolname: 'ld_app', ...plain, rolcanlogin: true },
      { rolname: 'ld_append', ...plain, rolcanlogin: false },
      { rolname: 'ld_owner', ...plain, rolcanlogin: true },
      { rolname: 'ld_project', ...plain, rolcanlogin: true },
      { rolname: 'ld_search', ...plain, rolcanlogin: false },
    ]);
    const owners = await query(
      database.adminUrl,
      `select distinct tableowner from pg_tables where schemaname = 'public'`,
    );
    expect(owners).toEqual([{ tableowner: 'ld_owner' }]);
  });

  it('works with an administrator who is no superuser but may create roles and owns the database', async () => {
    const name = new URL(database.databaseUrl).pathname.slice(1);
    const role = `admin_of_${name}`;
    await query(database.adminUrl, `create role ${role} login createrole password 'x'`);
    // On a fresh server this administrator makes the roles itself and so may grant them.
    for (const made of ['ld_owner', 'ld_app', 'ld_project', 'ld_append', 'ld_search']) {
      await query(database.adminUrl, `grant ${made} to ${role} with admin option, inherit false, set false`);
    }
    await query(database.adminUrl, `alter database ${name} owner to ${role}`);
    const url = new URL(database.databaseUrl);
    url.username = role;
    url.password = 'x';
    await again(url.href);
    await query(database.adminUrl, `alter database ${name} owner to postgres`);
    await query(database.adminUrl, `drop owned by ${role}; drop role ${role}`);
    const client = new Client({ connectionString: database.databaseUrl });
    await client.connect();
    await prepareDatabase(client, database.installationKey);
    await client.end();
  });

  it('lets nobody in who is not one of the roles', async () => {
    const [row] = await query(
      database.adminUrl,
      `select has_database_privilege('public', current_database(), 'connect') as database,
              has_schema_privilege('public', 'public', 'usage') as schema`,
    );
    expect(row).toEqual({ database: false, schema: false });
  });
});
