import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import type { Connections } from '../connections.js';
import type { Projection } from '../projection.js';
import { MemoryLedger } from '../spec/memory-ledger.js';
import { asked, emptied, notebookSchema } from '../spec/notebook-database.js';
import { type NotebookRow, notebook, type Written, written } from '../spec/notebook.js';
import { caughtUp, RecordedAlarms, runnerConnections, runnerOf } from '../spec/running.js';
import type { LedgerEvent } from './ledger-consumer.js';
import { ProjectionConsumer } from './projection-consumer.js';
import { replayParked } from './replay-parked.js';

const workspace = randomUUID();

/** A projection with a mistake: some words are too much for it. */
function careless(mistake: (row: NotebookRow) => NotebookRow): Projection<NotebookRow> {
  return {
    ...notebook(),
    apply(row, event, key) {
      const after = written(row, event, key);
      return after?.words.includes('poison') ? mistake(after) : after;
    },
  };
}

const mistakes: readonly { readonly name: string; readonly mistake: (row: NotebookRow) => NotebookRow }[] = [
  {
    name: 'it throws on',
    mistake: () => {
      throw new TypeError('no such property in secret words');
    },
  },
  { name: 'Postgres refuses', mistake: (row) => ({ ...row, revision: 3_000_000_000 }) },
];

describe('an event that can not be applied', () => {
  let database: TestDatabase;
  let connections: Connections;
  let ledger: MemoryLedger;

  beforeAll(async () => {
    database = await createTestDatabase(notebookSchema(notebook()));
    connections = runnerConnections(database);
  });

  afterAll(async () => {
    await connections.close();
    await database.drop();
  });

  beforeEach(async () => {
    ledger = new MemoryLedger();
    await emptied(database, notebook());
  });

  function write(page: string, word: string): LedgerEvent {
    return ledger.append(workspace, 'notebook', page, { type: 'Written', data: { words: [word] } } satisfies Written);
  }

  async function words(page: string): Promise<readonly string[] | undefined> {
    const rows = await asked<{ words: string[] }>(database, `select words from notebook_v1 where id like '%' || $1`, [
      page,
    ]);
    return rows.at(0)?.words;
  }

  it.each(mistakes)(
    'L11 is parked with the later ones of its stream when $name it; others go on',
    async ({ mistake }) => {
      const alarms = new RecordedAlarms();
      write('good', 'one');
      write('bad', 'one');
      const poison = write('bad', 'poison');
      write('good', 'two');
      write('bad', 'three');
      const runner = runnerOf(ledger, connections, [careless(mistake)], alarms);
      runner.start();
      await caughtUp(database, ledger, 'notebook');
      write('bad', 'four');
      write('good', 'three');
      await caughtUp(database, ledger, 'notebook');
      await runner.stop();
      expect(await words('good')).toEqual(['one', 'two', 'three']);
      expect(await words('bad')).toEqual(['one']);
      expect(alarms).toEqual({ parked: [`${poison.stream}@1`], failing: [] });
      const parked = await asked<{ revision: number }>(database, 'select revision from parked_event order by revision');
      expect(parked.map(({ revision }) => revision)).toEqual([1, 2, 3]);
      expect(await asked(database, 'select parked_streams from ledger_checkpoint')).toEqual([{ parked_streams: 1 }]);
    },
  );

  it('L11 is replayed in order with those behind it once the mistake is corrected, beside a running runner', async () => {
    for (const word of ['one', 'poison', 'three']) write('bad', word);
    const broken = runnerOf(ledger, connections, [careless(mistakes[0]?.mistake ?? ((row) => row))]);
    broken.start();
    await caughtUp(database, ledger, 'notebook');
    await broken.stop();

    const corrected = runnerOf(ledger, connections, [notebook()]);
    corrected.start();
    write('bad', 'four');
    await caughtUp(database, ledger, 'notebook');
    expect(await words('bad')).toEqual(['one']);
    const replay = await replayParked(new ProjectionConsumer(notebook()), connections, (stream, revision) =>
      ledger.at(stream, revision),
    );
    write('bad', 'five');
    await caughtUp(database, ledger, 'notebook');
    await corrected.stop();
    expect(replay).toEqual({ consumer: 'notebook_v1', applied: 3, remaining: 0, reasons: [] });
    expect(await words('bad')).toEqual(['one', 'poison', 'three', 'four', 'five']);
    expect(await asked(database, 'select parked_streams from ledger_checkpoint')).toEqual([{ parked_streams: 0 }]);
  });

  it('stays parked when it still does not go through, and says why without its words', async () => {
    for (const word of ['one', 'poison', 'three']) write('bad', word);
    const projection = careless(mistakes[0]?.mistake ?? ((row) => row));
    const runner = runnerOf(ledger, connections, [projection]);
    runner.start();
    await caughtUp(database, ledger, 'notebook');
    await runner.stop();
    const replay = await replayParked(new ProjectionConsumer(projection), connections, (stream, revision) =>
      ledger.at(stream, revision),
    );
    expect(replay).toMatchObject({ applied: 0, remaining: 2 });
    expect(replay.reasons).toEqual([expect.stringMatching(/^TypeError in /)]);
    const [parked] = await asked<{ reason: string }>(database, 'select reason from parked_event order by revision');
    expect(parked?.reason).toMatch(/^TypeError in /);
    expect(parked?.reason).not.toContain('secret words');
  });

  it('is parked when it can not even be read', async () => {
    write('bad', 'one');
    const unreadable = write('bad', 'two');
    ledger.events[1] = { ...unreadable, content: new Error('a byte was changed') };
    write('good', 'one');
    const alarms = new RecordedAlarms();
    const runner = runnerOf(ledger, connections, [notebook()], alarms);
    runner.start();
    await caughtUp(database, ledger, 'notebook');
    await runner.stop();
    expect(alarms.parked).toEqual([`${unreadable.stream}@1`]);
    expect(await words('good')).toEqual(['one']);
  });
});
