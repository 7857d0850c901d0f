import { randomUUID } from 'node:crypto';
import { createTestDatabase, eventually, type TestDatabase } from '@ledgerdesk/testing';
import fc from 'fast-check';
import { folded, stored } from '../spec/folded.js';
import { MemoryLedger } from '../spec/memory-ledger.js';
import { MortalOwner } from '../spec/mortal-owner.js';
import { asked, notebookSchema } from '../spec/notebook-database.js';
import { notebook } from '../spec/notebook.js';
import { caughtUp, SpecWorker } from '../spec/running.js';
import { rebuildBeside } from './install-projections.js';
import { dropGeneration, switchGeneration } from './switch-generation.js';

const workspace = randomUUID();
const releases = [notebook(), { ...notebook(), version: 2 }] as const;

type Step =
  | { readonly do: 'write'; readonly page: string; readonly words: readonly string[] }
  | { readonly do: 'build'; readonly release: 0 | 1; readonly dieAt: number }
  | { readonly do: 'switch' | 'roll back' | 'drop'; readonly dieAt: number }
  | { readonly do: 'cut the runners' };

const word = fc.constantFrom('x', `it's`, 'ünï', 'tear');
/** Beyond the last statement of any step: the process lives. */
const dieAt = fc.oneof(fc.constant(1_000), fc.integer({ min: 1, max: 22 }));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      page: fc.constantFrom('a', 'b', 'c'),
      words: fc.array(word, { maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('build' as const),
      release: fc.constantFrom(0 as const, 1 as const),
      dieAt,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('switch' as const, 'roll back' as const, 'drop' as const), dieAt }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut the runners' as const) }) },
);

describe('generations of a read model', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase(notebookSchema(releases[0]));
  });

  afterEach(() => database.drop());

  async function perform(step: Step, ledger: MemoryLedger): Promise<void> {
    if (step.do === 'write') {
      ledger.append(workspace, 'notebook', step.page, { type: 'Written', data: { words: step.words } });
      return;
    }
    if (step.do === 'cut the runners') {
      await asked(
        database,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'spec'`,
      );
      return;
    }
    const state = { build: '', switch: 'building', 'roll back': 'kept', drop: 'kept' }[step.do];
    const [other] = await asked<{ table: string }>(
      database,
      'select table_name as "table" from read_model_generation where state = $1',
      [state],
    );
    const owner = new MortalOwner(database, { when: 'before', statement: step.dieAt });
    await owner.connect();
    try {
      if (step.do === 'build') await rebuildBeside(releases[step.release], owner, null);
      else if (other === undefined) return;
      else if (step.do === 'drop') await dropGeneration(owner, 'notebook', other.table);
      else await switchGeneration(owner, 'notebook', other.table, (a, b) => ledger.compare(a, b));
    } catch (error) {
      if (!owner.died) throw error;
    } finally {
      await owner.end();
    }
  }

  it('M3 M4 what is read is the plain fold, after any sequence of builds, switches, rollbacks, drops and deaths', async () => {
    const ledger = new MemoryLedger();
    const workers = releases.map((release) => new SpecWorker(database, ledger, release).start());
    let switches = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        for (const each of steps) {
          const before = await asked(database, `select table_name from read_model_generation where state = 'live'`);
          await perform(each, ledger);
          const after = await asked(database, `select table_name from read_model_generation where state = 'live'`);
          expect(after).toHaveLength(1);
          if (JSON.stringify(before) !== JSON.stringify(after)) switches += 1;
        }
        if (ledger.events.length === 0) return;
        await caughtUp(database, ledger, 'notebook');
        await eventually(async () => {
          expect(await stored(database)).toEqual(folded(ledger));
        });
        const tables = await asked(
          database,
          `select count(*)::int as tables from pg_class where relname like 'notebook\\_v%' and relkind = 'r'`,
        );
        expect(tables).toEqual(await asked(database, 'select count(*)::int as tables from read_model_generation'));
      }),
      { numRuns: 12, endOnFailure: true },
    );
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(switches).toBeGreaterThan(3);
  }, 120_000);
});
