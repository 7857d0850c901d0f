import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import type { Connections } from '../connections.js';
import { foreignCheckpoint } from './foreign-checkpoints.js';
import { projectionMigrations } from './migrations.js';
import { projectConnections } from './project-connections.js';

describe('the checkpoints of a database', () => {
  let database: TestDatabase;
  let connections: Connections;

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: projectionMigrations, projections: [] });
    connections = projectConnections(database.projectUrl);
  });
  afterAll(async () => {
    await connections.close();
    await database.drop();
  });

  /** A ledger of whole numbers that ends at `head`. */
  const ledger = (head: number): Parameters<typeof foreignCheckpoint>[1] => ({
    head: () => (Number.isNaN(head) ? Promise.reject(new Error('away')) : Promise.resolve(String(head))),
    compare: (a, b) => {
      if (!/^\d*$/.test(a + b)) throw new TypeError('Not a position of this event store.');
      return Number(a) - Number(b);
    },
  });

  const judged = (position: string, head: number): Promise<string | undefined> =>
    connections.use(async (sql) => {
      await sql.rows(
        `insert into ledger_checkpoint (name, version, position) values ('inbox', 1, $1)
         on conflict (name) do update set position = excluded.position`,
        [position],
      );
      return foreignCheckpoint(sql, ledger(head));
    });

  it.each([
    ['at the beginning of an empty ledger', '', 0, undefined],
    ['behind the newest event', '5', 9, undefined],
    ['at the newest event', '9', 9, undefined],
    ['of a ledger that does not answer', '9', Number.NaN, undefined],
    ['of a ledger in another kind of store', '9/9', 9, /EVENTSTORE_URL/],
    ['past the end of a ledger that was restored from an older backup', '10', 9, /older backup/],
  ])('%s', async (_, position, head, expected) => {
    const sentence = await judged(position, head);
    if (expected) expect(sentence).toMatch(expected);
    else expect(sentence).toBeUndefined();
  });
});
