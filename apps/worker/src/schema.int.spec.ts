import { GLOBAL_IDENTITY_TABLES } from '@ledgerdesk/identity';
import { GLOBAL_PLATFORM_TABLES } from '@ledgerdesk/platform';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { Client } from 'pg';

/** Tables whose rows belong to no workspace, each with its reason. Every other table is confined by row level security. */
const WITHOUT_WORKSPACE: Readonly<Record<string, string>> = {
  ...GLOBAL_IDENTITY_TABLES,
  ...GLOBAL_PLATFORM_TABLES,
  schema_migration: 'names of migrations',
  restore_in_progress: 'whether this installation is being restored',
  ledger_checkpoint: 'one position in the whole ledger per read model',
  read_model_generation:
    'one line per table of a read model, for all workspaces; a comparison counts rows and names ids',
  seal_key: 'public keys of seals, meant for everybody',
};

let database: TestDatabase;
let admin: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
}, 60_000);

afterAll(async () => {
  await admin.end();
  await database.drop();
});

describe('the schema', () => {
  it('A17 confines every table to its workspace, except for a justified few', async () => {
    const { rows } = await admin.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(WITHOUT_WORKSPACE).toSorted());
  });

  it('A17 keeps the tables of machinery from being written by the application', async () => {
    const { rows } = await admin.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not (relrowsecurity and relforcerowsecurity)
         and has_table_privilege('ld_app', oid, 'insert, update, delete, truncate')`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(
      Object.keys({ ...GLOBAL_IDENTITY_TABLES, ...GLOBAL_PLATFORM_TABLES }).toSorted(),
    );
  });
});
