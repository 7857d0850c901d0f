import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { plants } from './plants/plants.mjs';

const STORES = ['postgres', 'eventstoredb'];

export const usage = `npm run faults -- [--rounds N] [--seed S] [--from R] [--only FAULT] [--store STORE]
                  [--plant BREAKAGE]

  --rounds N      how many rounds (10)
  --seed S        repeats a run: same faults at the same points, same work
  --from R        begins with round R of the seed
  --only FAULT    this fault in every round
  --store STORE   where the ledger is: postgres (as it comes) or eventstoredb, over the loopback server of the tests
  --plant NAME    breaks the desk on purpose; succeeds when the harness finds it:
                  ${Object.keys(plants).join(', ')}`;

/** @param {readonly string[]} args @throws Error with a sentence and the usage */
export function readOptions(args) {
  const { values } = parse(args);
  if (values.plant !== undefined && !(values.plant in plants))
    throw new Error(`There is no breakage "${values.plant}".\n\n${usage}`);
  const plant = plants[values.plant];
  return {
    rounds: count(values.rounds, '--rounds') ?? plant?.rounds ?? 12,
    from: count(values.from, '--from') ?? 0,
    seed: values.seed ?? randomBytes(4).toString('hex'),
    only: values.only ?? plant?.only,
    store: storeOf(values.store),
    plant,
    help: values.help ?? false,
  };
}

function parse(args) {
  const text = { type: 'string' };
  try {
    return parseArgs({
      args: [...args],
      options: {
        rounds: text,
        seed: text,
        from: text,
        only: text,
        store: text,
        plant: text,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Error(`${error.message.split('\n')[0]}\n\n${usage}`, { cause: error });
  }
}

function storeOf(text = 'postgres') {
  if (!STORES.includes(text)) throw new Error(`There is no store "${text}".\n\n${usage}`);
  return text;
}

function count(text, option) {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new Error(`${option} needs a number, not "${text}".\n\n${usage}`);
  return Number(text);
}
