import { Client } from 'pg';
import { newId, Personal } from '@ledgerdesk/kernel';
import { Connections, ProjectionConsumer, projectionMigrations, ReadStore } from '@ledgerdesk/read-store';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { KEY, opened, recorded, WORKSPACE } from '../domain/ticket-stories.fixture.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { inbox } from './inbox.projection.js';
import { FOUND, type FoundTicket, foundValues } from './search-tickets.js';
import { parseSearch } from './search-syntax.js';
import { type SearchAsker, searchWanted } from './search-wanted.js';
import { search } from './search.projection.js';

const OTHER_WORKSPACE = '00000000-0000-7000-8000-000000000002';
const ASKER: SearchAsker = {
  now: Date.parse('2026-06-01T00:00:00Z'),
  memberId: '00000000-0000-7000-8000-0000000000aa',
  members: new Map(),
  teams: new Map(),
};
const MANY = 20_000;

describe('search over a desk of many tickets', () => {
  let database: TestDatabase;
  let store: ReadStore;

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: projectionMigrations, projections: [inbox, search] });
    store = new ReadStore({ url: database.appUrl, connections: 2 });
    await fill(database, MANY);
  }, 120_000);

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  async function find(
    query: string,
    { workspace = WORKSPACE, most = 50, after }: { workspace?: string; most?: number; after?: readonly string[] } = {},
  ): Promise<readonly (FoundTicket & { readonly number: number; readonly updated_at: Date })[]> {
    const wanted = searchWanted(parseSearch(query), ASKER, 'updated', after);
    return store.run(workspace, (sql) =>
      sql.rows(
        `select found.id, found.partial, i.number, i.updated_at from ${FOUND} join inbox i on i.id = found.id order by place`,
        foundValues(wanted, most),
      ),
    );
  }

  it('finds a rare word, newest first', async () => {
    const found = await find('rare77z');
    expect(found.map(({ number }) => number)).toEqual(
      Array.from({ length: MANY }, (_, index) => MANY - index)
        .filter((number) => number % 1_000 === 77)
        .slice(0, 50),
    );
  });

  it('pages through a frequent word without a gap or a repetition', async () => {
    const first = await find('frequent', { most: 30 });
    const last = first.at(-1);
    const second = await find('frequent', { most: 30, after: [last?.updated_at.toISOString() ?? '', last?.id ?? ''] });
    const numbers = [...first, ...second].map(({ number }) => number);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    expect(new Set(numbers).size).toBe(60);
    expect(numbers.every((number) => number % 5 < 3)).toBe(true);
  });

  it('combines words, exclusions, tags, ranks and status', async () => {
    const found = await find('frequent -rare77z tag:vip priority>=high status:new', { most: 1_000 });
    expect(found.length).toBeGreaterThan(0);
    for (const { number } of found) {
      expect(number % 5).toBeLessThan(3);
      expect(number % 7).toBe(0);
      expect(number % 4).toBeGreaterThan(1);
    }
    expect(await find('frequent -frequent')).toEqual([]);
  });

  it('finds exact words only side by side and in their order', async () => {
    expect(await find('"frequent printer words"')).toHaveLength(50);
    expect(await find('"printer frequent words"')).toEqual([]);
  });

  it('finds a number, an external id, an address and a part of the subject', async () => {
    expect((await find('#777')).map(({ number }) => number)).toContain(777);
    expect((await find('number:777')).map(({ number }) => number)).toEqual([777]);
    expect((await find('external:INC0000777')).map(({ number }) => number)).toEqual([777]);
    expect((await find('inc0000777')).map(({ number }) => number)).toEqual([777]);
    expect((await find('person777@example.org')).map(({ number }) => number)).toEqual([777]);
    expect((await find('requester:erson777@')).map(({ number }) => number)).toEqual([777]);
    expect(await find('subject19777')).toMatchObject([{ number: 19_777, partial: true }]);
    expect(await find('ubject777x')).toMatchObject([{ number: 777, partial: true }]);
  });

  it('leaves out the trash unless asked for it', async () => {
    expect(await find('number:13')).toEqual([]);
    expect(await find('number:13 status:trashed')).toMatchObject([{ number: 13 }]);
    expect(await find('status:trashed')).toMatchObject([{ number: 13 }]);
  });

  it('knows nothing of another workspace, whatever is asked', async () => {
    expect(await find('foreign')).toEqual([]);
    expect(await find('foreign', { workspace: OTHER_WORKSPACE })).toMatchObject([{ number: 1 }]);
    expect(await find("'; drop table inbox; --")).toEqual([]);
    expect(await find(String.raw`tag:"a'b\\c"`)).toEqual([]);
  });

  it('answers with ids of its own workspace only, even to a caller that skips its policy', async () => {
    const wanted = { words: "'foreign'", requesters: [], filters: [], order: 'updated' };
    const ids = (workspace: string): Promise<readonly object[]> =>
      store.run(workspace, (sql) => sql.rows('select id from search_tickets($1::jsonb, 10)', [JSON.stringify(wanted)]));
    expect(await ids(WORKSPACE)).toEqual([]);
    expect(await ids(OTHER_WORKSPACE)).toHaveLength(1);
  });

  it('refuses columns and orders that are not on its list', async () => {
    const ask = (wanted: object): Promise<unknown> =>
      store.run(WORKSPACE, (sql) =>
        sql.rows('select id from search_tickets($1::jsonb, 10)', [JSON.stringify({ requesters: [], ...wanted })]),
      );
    const filter = { column: 'workspace_id', is: 'empty', not: false };
    await expect(ask({ filters: [filter], order: 'updated' })).rejects.toThrow('unknown column');
    await expect(ask({ filters: [], order: 'view' })).rejects.toThrow('unknown order');
  });

  it('belongs to a role that owns nothing else and can not log in', async () => {
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{
        rolcanlogin: boolean;
        rolsuper: boolean;
        rolbypassrls: boolean;
        config: string[];
      }>(
        `select r.rolcanlogin, r.rolsuper, r.rolbypassrls, p.proconfig as config
         from pg_proc p join pg_roles r on r.oid = p.proowner where p.proname = 'search_tickets' and p.prosecdef`,
      );
      expect(rows).toEqual([
        {
          rolcanlogin: false,
          rolsuper: false,
          rolbypassrls: false,
          config: ['search_path=pg_catalog, pg_temp', 'cpu_operator_cost=0.01'],
        },
      ]);
    } finally {
      await client.end();
    }
  });

  it('walks the newest tickets for a frequent word and the index for a rare one', async () => {
    const frequent = await planOf(database, 'frequent');
    expect(frequent).toMatch(/Index Scan using inbox_v\w+?_workspace_id_updated_at_id_idx/);
    expect(frequent).not.toMatch(/Bitmap Index Scan on ticket_search/);
    const rare = await planOf(database, 'rare77z');
    expect(rare).toMatch(/Bitmap Index Scan on ticket_search_v\w+?_workspace_id_words_idx/);
    expect(await planOf(database, 'requester:erson777@')).toMatch(
      /Bitmap Index Scan on ticket_search_v\w+?_workspace_id_expr_idx/,
    );
  });
});

/** The plan of the query inside the function, as its owner runs it. */
async function planOf(database: TestDatabase, query: string): Promise<string> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    const plans: string[] = [];
    client.on('notice', ({ message }) => plans.push(message ?? ''));
    for (const statement of [
      `load 'auto_explain'`,
      'set auto_explain.log_min_duration = 0',
      'set auto_explain.log_nested_statements = on',
      'set client_min_messages = log',
      `set ld.workspace = '${WORKSPACE}'`,
      'set role ld_app',
    ]) {
      await client.query(statement);
    }
    await client.query(`select id from ${FOUND}`, [...foundValues(searchWanted(parseSearch(query), ASKER), 50)]);
    return plans.join('\n');
  } finally {
    await client.end();
  }
}

async function fill(database: TestDatabase, many: number): Promise<void> {
  const connections = new Connections({
    url: database.projectUrl,
    connections: 1,
    statementTimeout: 60_000,
    name: 'fill',
  });
  const consumers = [new ProjectionConsumer(inbox), new ProjectionConsumer(search)];
  try {
    for (let number = 1; number <= many; number += 1_000) {
      const page = Array.from({ length: 1_000 }, (_, index) => story(number + index)).flat();
      await connections.use(async (sql) => {
        for (const consumer of consumers) {
          await consumer.apply(sql, page);
          consumer.settled('committed');
        }
      });
    }
    const foreign = recorded([opened({ ticketId: newId(), number: 1, body: new Personal(KEY, 'foreign') })], {
      workspaceId: OTHER_WORKSPACE,
    });
    await connections.use(async (sql) => {
      for (const consumer of consumers) await consumer.apply(sql, foreign);
    });
  } finally {
    await connections.close();
  }
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('vacuum analyze');
  await owner.end();
}

/** 60 % hold the word `frequent`, one in a thousand `rare77z`. */
function story(number: number): ReturnType<typeof recorded> {
  const body = `${number % 5 < 3 ? 'frequent ' : ''}printer words ${filler(number)} rare${String(number % 1_000)}z`;
  const events: TicketEvent[] = [
    opened({
      ticketId: newId(),
      number,
      subject: new Personal(KEY, `Subject${String(number)}x`),
      body: new Personal(KEY, body),
      requester: {
        customerId: newId(),
        keyId: KEY,
        name: new Personal(KEY, `Person ${String(number)}`),
        address: new Personal(KEY, `person${String(number)}@example.org`),
      },
      tags: number % 7 === 0 ? ['vip'] : [],
      priority: (['low', 'normal', 'high', 'urgent'] as const)[number % 4] ?? 'low',
      externalId: { source: 'servicenow', id: `INC${String(number).padStart(7, '0')}` },
    }),
  ];
  if (number === 13) events.push({ type: 'TicketTrashed', data: { from: 'new' } });
  return recorded(events, { from: new Date(Date.parse('2026-01-01') + number * 60_000).toISOString() });
}

function filler(number: number): string {
  return Array.from({ length: 60 }, (_, index) => `w${String((number * 31 + index * 97) % 5_000)}`).join(' ');
}
