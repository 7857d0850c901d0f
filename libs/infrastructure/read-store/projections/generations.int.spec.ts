import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, eventually, type TestDatabase } from '@ledgerdesk/testing';
import { type Client } from 'pg';
import type { AnyProjection } from '../projection.js';
import { ReadStore } from '../read-store.js';
import { folded, stored } from '../spec/folded.js';
import { MemoryLedger } from '../spec/memory-ledger.js';
import { MortalOwner } from '../spec/mortal-owner.js';
import { asked, notebookSchema } from '../spec/notebook-database.js';
import { type NotebookRow, notebook, written } from '../spec/notebook.js';
import { caughtUp, runnerConnections, SpecWorker } from '../spec/running.js';
import { asOwnerOf } from './as-owner.js';
import { type Generation, generations, type Wish, wishFor } from './generation.js';
import { installProjections, rebuildBeside } from './install-projections.js';
import { ProjectionProgress } from './progress.js';
import { dropGeneration, switchGeneration } from './switch-generation.js';

const workspace = randomUUID();
const first = notebook();
/** The next release shows one thing more. */
const second: AnyProjection = {
  ...first,
  version: 2,
  afterInstall: [`create or replace function notebook_release() returns int language sql as 'select 2'`],
};

describe('generations of a read model', () => {
  let database: TestDatabase;
  let ledger: MemoryLedger;
  const workers: SpecWorker[] = [];

  beforeEach(async () => {
    database = await createTestDatabase(notebookSchema(first));
    ledger = new MemoryLedger();
    for (let index = 0; index < 1_500; index += 1) write(`p${String(index % 120)}`, `w${String(index)}`);
  });

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await database.drop();
  });

  function write(page: string, ...words: string[]): string {
    return ledger.append(workspace, 'notebook', page, { type: 'Written', data: { words } }).position;
  }

  function worker(release: AnyProjection): SpecWorker {
    const started = new SpecWorker(database, ledger, release).start();
    workers.push(started);
    return started;
  }

  async function all(): Promise<readonly Generation[]> {
    const connections = runnerConnections(database);
    try {
      return await connections.use(generations);
    } finally {
      await connections.close();
    }
  }

  async function states(): Promise<Record<string, string>> {
    return Object.fromEntries((await all()).map(({ table, state }) => [state, table]));
  }

  const asOwner: ReturnType<typeof asOwnerOf> = (work) => asOwnerOf(database.ownerUrl)(work);

  async function wish(table: string, what: Wish): Promise<void> {
    const store = new ReadStore({ url: database.appUrl, connections: 1 });
    expect(await store.global((sql) => wishFor(sql, table, what))).toBe(true);
    await store.close();
  }

  async function rebuilt(release: AnyProjection = first, then: Wish | null = 'switch-if-sound'): Promise<string> {
    const table = await asOwner((owner) => rebuildBeside(release, owner, then));
    await eventually(async () => {
      const found = (await all()).find((generation) => generation.table === table);
      expect(found).toMatchObject(
        then === null ? { state: 'building', builtAt: expect.any(Date) as Date } : { state: 'live' },
      );
    });
    return table ?? '';
  }

  it('M4 are built and switched under readers and writers: nothing fails, nothing is missing, nothing goes back', async () => {
    worker(first);
    await caughtUp(database, ledger, 'notebook');
    const progress = new ProjectionProgress({ url: database.appUrl, compare: (a, b) => ledger.compare(a, b) });
    await progress.start();
    const desk = new ReadStore({ url: database.appUrl, connections: 3 });
    const reading = new AbortController();
    const wrong: unknown[] = [];
    let reads = 0;
    const agents = ['a', 'b', 'c'].map(async (page) => {
      for (let round = 1; !reading.signal.aborted; round += 1) {
        const position = write(page, String(round));
        // What an agent does: write, wait until the read model has it, read.
        if ((await progress.waitFor('notebook', position, 5_000)) !== 'reached') wrong.push(`stale at ${position}`);
        const rows = await desk
          .run(workspace, (sql) => sql.rows<NotebookRow>('select words from notebook where id like $1', [`%_${page}`]))
          .catch((error: unknown) => wrong.push(error));
        if (typeof rows === 'number' || rows.at(0)?.words.length !== round) wrong.push({ page, round, rows });
        reads += 1;
        await pause(5);
      }
    });
    for (let round = 0; round < 3; round += 1) await rebuilt();
    reading.abort();
    await Promise.all(agents);
    await Promise.all([desk.close(), progress.close()]);
    expect(wrong).toEqual([]);
    expect(reads).toBeGreaterThan(30);
    await caughtUp(database, ledger, 'notebook');
    expect(await stored(database)).toEqual(folded(ledger));
    expect(Object.keys(await states())).toEqual(['live', 'kept']);
  });

  it('L16 of two releases live side by side: the old worker keeps the old rows going until the new ones are read', async () => {
    const old = worker(first);
    await caughtUp(database, ledger, 'notebook');
    const desk = new ReadStore({ url: database.appUrl, connections: 1 });
    const read = (): Promise<readonly NotebookRow[]> =>
      desk.run(workspace, (sql) => sql.rows<NotebookRow>(`select words, about from notebook where id like '%_p1'`));
    expect(await read()).toHaveLength(1);

    await asOwner((owner) => installProjections([second], owner));
    write('p1', 'while it is built');
    await caughtUp(database, ledger, 'notebook');
    expect((await read()).at(0)?.words).toContain('while it is built');
    expect(await states()).toEqual({ live: 'notebook_v1', building: 'notebook_v2' });

    worker(second);
    await eventually(async () => {
      expect(await states()).toEqual({ live: 'notebook_v2', kept: 'notebook_v1' });
    });
    write('p1', 'after the switch');
    await caughtUp(database, ledger, 'notebook', 'notebook_v1');
    // The same prepared statement of the old api, now on the new table.
    expect((await read()).at(0)?.words).toContain('after the switch');
    expect(await asked(database, 'select notebook_release() as release')).toEqual([{ release: 2 }]);
    expect(await stored(database)).toEqual(folded(ledger));
    expect(old.alarms.failing).toEqual([]);
    await desk.close();
  });

  it('K8 never fight: a newer build replaces an older one, an older release builds nothing by itself', async () => {
    await asOwner((owner) => installProjections([second], owner));
    const fenced = worker(second);
    const third = { ...first, version: 3 };
    await asOwner((owner) => installProjections([third], owner));
    expect(await states()).toEqual({ live: 'notebook_v1', building: 'notebook_v3' });
    await asOwner((owner) => installProjections([second], owner));
    expect(await states()).toEqual({ live: 'notebook_v1', building: 'notebook_v3' });
    worker(third);
    await eventually(async () => {
      expect(await states()).toEqual({ live: 'notebook_v3', kept: 'notebook_v1' });
    });
    const lines: string[] = [];
    await asOwner((owner) => installProjections([first], owner, (line) => lines.push(line)));
    expect(lines).toEqual([expect.stringContaining('newer than this release')]);
    expect(await states()).toEqual({ live: 'notebook_v3', kept: 'notebook_v1' });
    expect(fenced.outcomes.filter((line) => line.startsWith('failed'))).toEqual([]);
    expect(await asked(database, `select relname from pg_class where relname = 'notebook_v2'`)).toEqual([]);
  });

  it('come to the same rows when a newer release finds nobody of the older one', async () => {
    worker(first);
    await caughtUp(database, ledger, 'notebook');
    await workers.pop()?.stop();
    write('p1', 'while nobody looked');
    await asOwner((owner) => installProjections([second], owner));
    worker(second);
    await eventually(async () => {
      expect(await states()).toMatchObject({ live: 'notebook_v2' });
    });
    expect(await stored(database)).toEqual(folded(ledger));
  });

  it('are compared at one position: a changed, a missing and a surplus row are counted and named', async () => {
    worker(first);
    await caughtUp(database, ledger, 'notebook');
    const table = await rebuilt(first, null);
    const id = (page: string): string => `notebook-${workspace.replaceAll('-', '')}_${page}`;
    await asked(database, `update ${table} set words = words || 'x'::text where id = $1`, [id('p3')]);
    await asked(database, `delete from ${table} where id = $1`, [id('p4')]);
    await asked(database, 'delete from notebook_v1 where id = $1', [id('p5')]);
    await wish(table, 'switch-if-equal');
    await eventually(async () => {
      expect((await all()).find((generation) => generation.table === table)).toMatchObject({
        state: 'building',
        wish: null,
        refusal: 'read-model.differs',
        comparison: { missing: 1, surplus: 1, different: 1, columns: { words: 1 }, rows: { live: 119, other: 119 } },
      });
    });
    const found = (await all()).find((generation) => generation.table === table)?.comparison;
    expect(found?.examples.toSorted()).toEqual(['p3', 'p4', 'p5'].map(id));
    expect(await states()).toMatchObject({ live: 'notebook_v1' });
  });

  it('M3 are switched to by themselves when nothing differs', async () => {
    const { outcomes } = worker(first);
    await caughtUp(database, ledger, 'notebook');
    const table = await rebuilt(first, 'switch-if-equal');
    expect(outcomes).toEqual([
      `built notebook_v1`,
      `built ${table}`,
      `compared ${table} 0 rows differ`,
      `switched ${table}`,
    ]);
  });

  it('can be rolled back and dropped, and what was kept for a day goes by itself', async () => {
    worker(first);
    const next = await rebuilt();
    write('p1', 'after the switch');
    await wish('notebook_v1', 'switch');
    await eventually(async () => {
      expect(await states()).toEqual({ live: 'notebook_v1', kept: next });
    });
    await caughtUp(database, ledger, 'notebook');
    expect(await stored(database)).toEqual(folded(ledger));
    await wish(next, 'drop');
    await eventually(async () => {
      expect(await states()).toEqual({ live: 'notebook_v1' });
    });
    const last = await rebuilt();
    await asked(database, `update read_model_generation set since = since - interval '25 hours'`);
    await eventually(async () => {
      expect(await states()).toEqual({ live: last });
    });
    expect(
      await asked(database, `select relname from pg_class where relname like 'notebook\\_v%' and relkind = 'r'`),
    ).toEqual([{ relname: last }]);
  });

  it('are not rolled back to when they have not seen the newest events and nobody brings them forward', async () => {
    const old = worker(first);
    await caughtUp(database, ledger, 'notebook');
    worker(second);
    await asOwner((owner) => installProjections([second], owner));
    await eventually(async () => {
      expect(await states()).toMatchObject({ live: 'notebook_v2' });
    });
    workers.splice(workers.indexOf(old), 1);
    await old.stop();
    write('p1', 'unseen by the old rows');
    await caughtUp(database, ledger, 'notebook');
    await wish('notebook_v1', 'switch');
    await eventually(async () => {
      expect((await all()).find(({ state }) => state === 'kept')).toMatchObject({ refusal: 'read-model.not-level' });
    });
    expect(await states()).toMatchObject({ live: 'notebook_v2' });
  });

  it('L11 are not switched to by themselves when they parked what the old rows could hold, but when told to', async () => {
    worker(first);
    await caughtUp(database, ledger, 'notebook');
    write('bad', 'poison');
    const careless: AnyProjection = {
      ...second,
      apply(row, event, key) {
        const after = written(row as NotebookRow | undefined, event, key);
        if (after?.words.includes('poison')) throw new TypeError('a mistake');
        return after;
      },
    };
    const { alarms } = worker(careless);
    await asOwner((owner) => installProjections([careless], owner));
    await eventually(async () => {
      expect((await all()).find(({ state }) => state === 'building')).toMatchObject({
        parkedStreams: 1,
        refusal: 'read-model.more-parked',
      });
    });
    expect(alarms.parked).toHaveLength(1);
    await wish('notebook_v2', 'switch');
    await eventually(async () => {
      expect(await states()).toMatchObject({ live: 'notebook_v2' });
    });
    expect(await asked(database, 'select consumer from parked_event')).toEqual([{ consumer: 'notebook_v2' }]);
  });

  describe('whose builder dies', () => {
    const steps: readonly {
      readonly name: string;
      readonly act: (owner: Client, table: string) => Promise<unknown>;
    }[] = [
      { name: 'beginning', act: (owner) => rebuildBeside(first, owner, null) },
      {
        name: 'switching',
        act: (owner, table) => switchGeneration(owner, 'notebook', table, (a, b) => ledger.compare(a, b)),
      },
      { name: 'dropping', act: (owner, table) => dropGeneration(owner, 'notebook', table) },
    ];

    it.each(steps)(
      'K7 while $name, at any statement: all of it happened or nothing, and it goes on',
      async ({ name, act }) => {
        worker(first);
        await caughtUp(database, ledger, 'notebook');
        let deaths = 0;
        for (let statement = 1; ; statement += 1) {
          for (const when of ['before', 'after'] as const) {
            const table = name === 'beginning' ? '' : ((await states()).building ?? (await rebuilt(first, null)));
            const owner = new MortalOwner(database, { when, statement });
            await owner.connect();
            await act(owner, table).catch(() => undefined);
            await owner.end();
            deaths += owner.died ? 1 : 0;
            const now = await states();
            expect(await stored(database)).toEqual(folded(ledger));
            const tables = await asked<{ relname: string }>(
              database,
              `select relname from pg_class where relname like 'notebook\\_v%' and relkind = 'r'`,
            );
            expect(tables.map(({ relname }) => relname).toSorted()).toEqual(Object.values(now).toSorted());
            if (name === 'beginning' && now.building !== undefined)
              await asOwner((sound) => dropGeneration(sound, 'notebook', now.building ?? ''));
            if (!owner.died) {
              expect(deaths).toBeGreaterThan(8);
              return;
            }
          }
        }
      },
    );
  });
});
