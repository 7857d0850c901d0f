import { Client } from 'pg';
import type { Principal } from '@ledgerdesk/auth';
import { Cursors, JsonText } from '@ledgerdesk/http';
import { newId } from '@ledgerdesk/kernel';
import { Connections, ProjectionConsumer, projectionMigrations, ReadStore } from '@ledgerdesk/read-store';
import { createTestDatabase, present, type TestDatabase } from '@ledgerdesk/testing';
import { OTHER_WORKSPACE, registered, told, WORKSPACE } from '../customers.fixture.js';
import { ListCustomers, ListCustomersHandler } from '../queries/list-customers.js';
import { customers } from './customers.projection.js';

const MANY = 5_000;
const SPECIAL = ['100% Müller_\\', 'O’Neil; drop table customers', "Robert'); --"];

interface Found {
  readonly data: readonly { readonly name: string | null }[];
  readonly page: { readonly next: string | null };
}

describe('finding customers', () => {
  let database: TestDatabase;
  let store: ReadStore;
  let lists: ListCustomersHandler;

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: projectionMigrations, projections: [customers] });
    store = new ReadStore({ url: database.appUrl, connections: 2 });
    lists = new ListCustomersHandler(store, new Cursors({ installationKey: Buffer.from(database.installationKey) }));
    await fill(database);
  }, 120_000);

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  async function find(
    q: string | undefined,
    range: { limit?: number; after?: string } = {},
    workspaceId = WORKSPACE,
  ): Promise<Found> {
    const { body } = await lists.execute(new ListCustomers({ workspaceId } as Principal, { q, ...range }));
    if (!(body instanceof JsonText)) throw new Error('The page is no JSON text.');
    return JSON.parse(body.text) as Found;
  }

  const names = async (...asked: Parameters<typeof find>): Promise<readonly (string | null)[]> =>
    (await find(...asked)).data.map(({ name }) => name);

  it('finds parts of names and addresses, whatever their case and accents', async () => {
    expect(await names('PERSON 04711')).toEqual(['Person 04711']);
    expect(await names('mail4711@')).toEqual(['Person 04711']);
    expect(await names('muller')).toEqual(['100% Müller_\\']);
    expect(await names('nobody of that name')).toEqual([]);
  });

  it.each(SPECIAL)('takes %j for text', async (name) => {
    expect(await names(name)).toEqual([name]);
  });

  it.each(['%', '_', '\\'])('does not take %s for a pattern', async (sign) => {
    expect(await names(sign)).toEqual(['100% Müller_\\']);
  });

  it.each([undefined, 'person 04'])(
    'pages through %j without a gap or a repetition, in the order of names',
    async (q) => {
      const whole = await names(q, { limit: 100 });
      const paged: (string | null)[] = [];
      let after: string | undefined;
      while (paged.length < 100) {
        const page = await find(q, { limit: 7, ...(after !== undefined && { after }) });
        paged.push(...page.data.map(({ name }) => name));
        after = present(page.page.next ?? undefined);
      }
      expect(paged.slice(0, 100)).toEqual(whole);
      expect(new Set(whole).size).toBe(100);
    },
  );

  it('knows nothing of another workspace, also when a caller skips its policy', async () => {
    expect(await names('foreign')).toEqual([]);
    expect(await names('foreign', {}, OTHER_WORKSPACE)).toEqual(['Foreign Person']);
    const ids = (workspace: string): Promise<readonly object[]> =>
      store.run(workspace, (sql) => sql.rows(`select find_customers('%foreign%', null, null, 10) as id`));
    expect(await ids(WORKSPACE)).toEqual([]);
    expect(await ids(OTHER_WORKSPACE)).toHaveLength(1);
  });

  it('uses the index of parts of words, which row level security alone would keep it from', async () => {
    expect(await planOf(database, '%person 04711%')).toMatch(
      /Bitmap Index Scan on customers_v2_workspace_id_findable_idx/,
    );
  });

  it('is done by a role that can not sign in and is bound by policies', async () => {
    const rows = await asAdmin(database, (admin) =>
      admin.query(
        `select r.rolcanlogin, r.rolsuper, r.rolbypassrls, p.proconfig as config,
           has_function_privilege('public', p.oid, 'execute') as everybody
         from pg_proc p join pg_roles r on r.oid = p.proowner where p.proname = 'find_customers' and p.prosecdef`,
      ),
    );
    expect(rows).toEqual([
      {
        rolcanlogin: false,
        rolsuper: false,
        rolbypassrls: false,
        config: ['search_path=pg_catalog, pg_temp'],
        everybody: false,
      },
    ]);
  });
});

async function asAdmin(
  database: TestDatabase,
  work: (admin: Client) => Promise<{ rows: readonly object[] }>,
): Promise<readonly object[]> {
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  try {
    return (await work(admin)).rows;
  } finally {
    await admin.end();
  }
}

/** The plan of the query inside the function, as its owner runs it. */
async function planOf(database: TestDatabase, pattern: string): Promise<string> {
  const plans: string[] = [];
  await asAdmin(database, async (admin) => {
    admin.on('notice', ({ message }) => plans.push(message ?? ''));
    for (const statement of [
      `load 'auto_explain'`,
      'set auto_explain.log_min_duration = 0',
      'set auto_explain.log_nested_statements = on',
      'set client_min_messages = log',
      `set ld.workspace = '${WORKSPACE}'`,
      'set role ld_app',
    ]) {
      await admin.query(statement);
    }
    return admin.query('select find_customers($1, null, null, 50)', [pattern]);
  });
  return plans.join('\n');
}

async function fill(database: TestDatabase): Promise<void> {
  const people = Array.from({ length: MANY }, (_, index): [string, string] => [
    `Person ${String(index).padStart(5, '0')}`,
    `mail${String(index)}@example.org`,
  ]);
  const special = SPECIAL.map((name, index): [string, string] => [name, `special${String(index)}@example.org`]);
  const customer = ([name, address]: readonly [string, string], workspace?: string): ReturnType<typeof told> => {
    const id = newId();
    return told(id, [registered(id, name, address)], workspace);
  };
  const connections = new Connections({
    url: database.projectUrl,
    connections: 1,
    statementTimeout: 60_000,
    name: 'fill',
  });
  const consumer = new ProjectionConsumer(customers);
  try {
    for (const page of [
      [...people, ...special].flatMap((person) => customer(person)),
      customer(['Foreign Person', 'foreign@example.org'], OTHER_WORKSPACE),
    ]) {
      await connections.use(async (sql) => {
        await consumer.apply(sql, page);
        consumer.settled('committed');
      });
    }
  } finally {
    await connections.close();
  }
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('vacuum analyze customers_v2');
  await owner.end();
}
