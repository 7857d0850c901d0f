import { randomUUID } from 'node:crypto';
import { createTestDatabase, eventually, type TestDatabase } from '@ledgerdesk/testing';
import fc from 'fast-check';
import type { Connections } from '../connections.js';
import { MemoryLedger } from '../spec/memory-ledger.js';
import { asked, emptied, notebookSchema } from '../spec/notebook-database.js';
import { folded, stored } from '../spec/folded.js';
import { notebook } from '../spec/notebook.js';
import { caughtUp, RecordedAlarms, runnerConnections, runnerOf } from '../spec/running.js';
import type { LedgerConsumer } from './ledger-consumer.js';
import { ProjectionConsumer } from './projection-consumer.js';
import type { ProjectionRunner } from './projection-runner.js';

const workspaces = [randomUUID(), randomUUID()] as const;

/** How often the consumer has been claimed. */
async function epoch(database: TestDatabase): Promise<number> {
  const rows = await asked<{ epoch: string }>(database, `select epoch from ledger_checkpoint where name = 'notebook'`);
  return Number(rows.at(0)?.epoch);
}

function write(ledger: MemoryLedger, page: string, ...words: string[]): void {
  const workspace = workspaces[page.charCodeAt(0) % 2] ?? '';
  ledger.append(workspace, 'notebook', page, { type: 'Written', data: { words } });
}

describe('ProjectionRunner', () => {
  let database: TestDatabase;
  let connections: Connections;
  const running: ProjectionRunner[] = [];

  // Each test has a database to itself: one that fails leaves nothing to the next.
  beforeEach(async () => {
    database = await createTestDatabase(notebookSchema(notebook(), notebook('diary')));
    connections = runnerConnections(database);
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((runner) => runner.stop()));
    await connections.close();
    await database.drop();
  });

  function started(...parts: Parameters<typeof runnerOf>): ProjectionRunner {
    const runner = runnerOf(...parts);
    runner.start();
    running.push(runner);
    return runner;
  }

  it('leaves the rows that a plain fold gives, for any events before and while it runs', async () => {
    const page = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const words = fc.array(fc.constantFrom('x', `it's`, '"', '{a,b}', 'ünï\ncode', '\\', 'tear'), { maxLength: 4 });
    const notes = fc.array(fc.tuple(page, words), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(notes, notes, async (before, meanwhile) => {
        await emptied(database, notebook());
        const ledger = new MemoryLedger();
        for (const [name, text] of before) write(ledger, name, ...text);
        const runner = started(ledger, connections, [notebook()]);
        for (const [name, text] of meanwhile) {
          write(ledger, name, ...text);
          ledger.append(workspaces[0], 'elsewhere', 'x', { type: 'Ignored', data: {} });
          await new Promise(setImmediate);
        }
        if (ledger.events.length > 0) await caughtUp(database, ledger, 'notebook');
        await runner.stop();
        expect(await stored(database)).toEqual(folded(ledger));
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });

  it('L9 tells how far an idle consumer is, also after the clock of its machine was put back', async () => {
    const ledger = new MemoryLedger();
    const fast = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
    started(ledger, connections, [notebook()]);
    write(ledger, 'a', 'x');
    await caughtUp(database, ledger, 'notebook');
    fast.mockRestore();
    ledger.append(workspaces[0], 'elsewhere', 'x', { type: 'Ignored', data: {} });
    await caughtUp(database, ledger, 'notebook');
    expect(await stored(database)).toEqual(folded(ledger));
  });

  it('brings a consumer that begins late to the same rows, while the first one stays at the end', async () => {
    const ledger = new MemoryLedger();
    for (let index = 0; index < 5_000; index += 1) write(ledger, `p${String(index % 700)}`, `w${String(index)}`);
    const runner = started(ledger, connections, [notebook()]);
    await caughtUp(database, ledger, 'notebook');
    await asked(
      database,
      `update ledger_checkpoint set position = '', epoch = epoch + 1, owner = null, lease_until = '-infinity'`,
    );
    await asked(database, 'delete from notebook_v1');
    write(ledger, 'p1', 'new');
    await caughtUp(database, ledger, 'notebook');
    await runner.stop();
    expect(await stored(database)).toEqual(folded(ledger));
  });

  it('K8 lets one of two runners work at a time, and the other take over when it stops', async () => {
    const ledger = new MemoryLedger();
    const applied: [string, string][] = [];
    const counting = (runner: string): LedgerConsumer => {
      const inner = new ProjectionConsumer(notebook());
      return {
        name: inner.name,
        generation: inner.generation,
        version: inner.version,
        categories: inner.categories,
        settled: (outcome) => {
          inner.settled(outcome);
        },
        async apply(sql, events) {
          await inner.apply(sql, events);
          for (const { position } of events) applied.push([runner, position]);
        },
      };
    };
    const before = await epoch(database);
    const first = started(ledger, connections, [counting('first')]);
    await eventually(() => {
      expect(first.positions().size).toBe(1);
    });
    const second = started(ledger, connections, [counting('second')]);
    for (let index = 0; index < 100; index += 1) write(ledger, 'a', String(index));
    await caughtUp(database, ledger, 'notebook');
    expect((await epoch(database)) - before).toBe(1);
    await first.stop();
    for (let index = 0; index < 100; index += 1) write(ledger, 'a', String(index));
    await caughtUp(database, ledger, 'notebook');
    await second.stop();
    expect((await epoch(database)) - before).toBe(2);
    expect(applied.map(([, position]) => position)).toEqual(ledger.events.map(({ position }) => position));
    expect(new Set(applied.map(([runner]) => runner))).toEqual(new Set(['first', 'second']));
    expect(await stored(database)).toEqual(folded(ledger));
  });

  it('stands aside when a newer version was installed', async () => {
    await asked(database, `update ledger_checkpoint set version = 2 where name = 'notebook'`);
    const ledger = new MemoryLedger();
    const runner = started(ledger, connections, [notebook(), notebook('diary')]);
    write(ledger, 'a', 'word');
    await caughtUp(database, ledger, 'diary');
    await runner.stop();
    expect(await stored(database)).toEqual([]);
  });

  it('begins no transaction for events that a consumer does not care about, and moves past them', async () => {
    const ledger = new MemoryLedger();
    const applied: string[] = [];
    const picky: LedgerConsumer = {
      name: 'picky',
      version: 1,
      categories: ['notebook'],
      concerns: ({ stream }) => stream.endsWith('b'),
      settled: () => undefined,
      apply: (_, events) => {
        applied.push(...events.map(({ stream }) => stream));
        return Promise.resolve();
      },
    };
    const runner = runnerOf(ledger, connections, [picky]);
    runner.start();
    for (const page of ['a', 'b', 'a']) write(ledger, page, 'word');
    await caughtUp(database, ledger, 'picky');
    await runner.stop();
    expect(applied).toEqual([ledger.events.at(1)?.stream]);
  });

  it('A13 parks an event that names a row of another workspace, and leaves that row alone', async () => {
    const ledger = new MemoryLedger();
    const alarms = new RecordedAlarms();
    const shared = { ...notebook(), keysOf: () => ['the same row'] };
    const runner = started(ledger, connections, [shared], alarms);
    write(ledger, 'a', 'ours');
    await caughtUp(database, ledger, 'notebook');
    write(ledger, 'b', 'theirs');
    await caughtUp(database, ledger, 'notebook');
    await runner.stop();
    expect(alarms.parked).toHaveLength(1);
    expect((await stored(database)).map(({ words }) => words)).toEqual([['ours']]);
  });

  it('goes on by itself after Postgres has cut its connections', async () => {
    const ledger = new MemoryLedger();
    const runner = started(ledger, connections, [notebook()]);
    for (let round = 0; round < 5; round += 1) {
      write(ledger, 'a', String(round));
      await asked(
        database,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'spec'`,
      );
    }
    await caughtUp(database, ledger, 'notebook');
    await runner.stop();
    expect(await stored(database)).toEqual(folded(ledger));
  });
});
