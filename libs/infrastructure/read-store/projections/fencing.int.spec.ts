import { randomUUID } from 'node:crypto';
import { createTestDatabase, eventually, type TestDatabase } from '@ledgerdesk/testing';
import { FaultyConnections, type Moment } from '../spec/faulty-connections.js';
import { MemoryLedger } from '../spec/memory-ledger.js';
import { asked, emptied, notebookSchema } from '../spec/notebook-database.js';
import { notebook } from '../spec/notebook.js';
import { caughtUp, RecordedAlarms, runnerConnections, runnerOf } from '../spec/running.js';

const workspace = randomUUID();
const MOVE = /set position/;
const STATEMENTS = {
  begin: /^begin/,
  checkpoint: MOVE,
  load: /^select "id"/,
  upsert: /insert into notebook/,
  commit: /^commit/,
};

describe('a runner that dies or stands still', () => {
  let database: TestDatabase;
  let connections: FaultyConnections;

  beforeAll(async () => {
    database = await createTestDatabase(notebookSchema(notebook()));
    connections = new FaultyConnections({
      url: database.projectUrl,
      connections: 3,
      statementTimeout: 10_000,
      name: 'faulty',
      // Real runners have ten seconds; the server must end the transaction of one that stands still.
      settings: { idle_in_transaction_session_timeout: '1000' },
    });
  });

  afterAll(async () => {
    await connections.close();
    await database.drop();
  });

  beforeEach(() => emptied(database, notebook()));

  function write(ledger: MemoryLedger, word: string): void {
    ledger.append(workspace, 'notebook', 'page', { type: 'Written', data: { words: [word] } });
  }

  async function words(): Promise<readonly string[]> {
    const rows = await asked<{ words: string[] }>(database, 'select words from notebook_v1');
    return rows.at(0)?.words ?? [];
  }

  const failpoints = Object.entries(STATEMENTS).flatMap(([name, statement]) =>
    (['before', 'after'] as const).map((when) => ({ name: `${when} ${name}`, moment: { when, statement } })),
  );

  it.each(failpoints)('K7 killed $name: its successor leaves the rows of a plain fold', async ({ moment }) => {
    const ledger = new MemoryLedger();
    for (const word of ['one', 'two', 'three']) write(ledger, word);
    const alarms = new RecordedAlarms();
    connections.killAt(moment, (pid) => asked(database, 'select pg_terminate_backend($1)', [pid]));
    const runner = runnerOf(ledger, connections, [notebook()], alarms);
    runner.start();
    await caughtUp(database, ledger, 'notebook');
    write(ledger, 'four');
    await caughtUp(database, ledger, 'notebook');
    await runner.stop();
    expect(connections.happened).toBe(true);
    expect(alarms.failing.length).toBeGreaterThan(0);
    expect(await words()).toEqual(['one', 'two', 'three', 'four']);
  });

  it('stops after the page in hand, however long that takes', async () => {
    const ledger = new MemoryLedger();
    const runner = runnerOf(ledger, connections, [notebook()]);
    runner.start();
    await eventually(() => {
      expect(runner.positions().size).toBe(1);
    });
    const { promise: gate, resolve: open } = Promise.withResolvers<undefined>();
    connections.pauseAt({ when: 'after', statement: STATEMENTS.commit }, gate);
    write(ledger, 'one');
    await eventually(() => {
      expect(connections.happened).toBe(true);
    });
    const stopped = runner.stop();
    open(undefined);
    await stopped;
    expect(await words()).toEqual(['one']);
  });

  const pauses: readonly { readonly name: string; readonly moment: Moment }[] = [
    { name: 'before its transaction', moment: { when: 'before', statement: STATEMENTS.begin } },
    { name: 'before it moves the checkpoint', moment: { when: 'before', statement: MOVE } },
    { name: 'with rows written and not committed', moment: { when: 'before', statement: STATEMENTS.commit } },
  ];

  it.each(pauses)('L10 stopped $name: it loses its lease and commits nothing', async ({ moment }) => {
    const ledger = new MemoryLedger();
    // It claims once and then never again: the timers of a stopped process stand still too.
    const first = runnerOf(ledger, connections, [notebook()], new RecordedAlarms(), 3_600_000);
    first.start();
    await eventually(() => {
      expect(first.positions().size).toBe(1);
    });
    const { promise: gate, resolve: open } = Promise.withResolvers<undefined>();
    connections.pauseAt(moment, gate);
    write(ledger, 'one');
    await eventually(() => {
      expect(connections.happened).toBe(true);
    });

    const others = runnerConnections(database);
    const second = runnerOf(ledger, others, [notebook()]);
    second.start();
    // In the third case this waits for the server to end the transaction.
    await asked(database, `update ledger_checkpoint set lease_until = '-infinity'`);
    await caughtUp(database, ledger, 'notebook');
    write(ledger, 'two');
    await caughtUp(database, ledger, 'notebook');

    open(undefined);
    write(ledger, 'three');
    await caughtUp(database, ledger, 'notebook');
    await first.stop();
    await second.stop();
    await others.close();
    expect(await words()).toEqual(['one', 'two', 'three']);
  });
});
