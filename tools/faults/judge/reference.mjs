// A process of its own that folds the ledger with the projections of the build and nothing else: no pages, no checkpoints, no crash.
// Its rows are what the read models must hold.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { checkout } from '../../services/places.mjs';
import { takeOrders } from '../orders.mjs';

const built = (path) => import(pathToFileURL(join(checkout, 'dist/apps/worker', path)).href);
const { schema } = await built('apps/worker/src/schema.js');
const { withInstallation } = await built('apps/worker/src/cli/installation.js');
const { projectionTable } = await built('libs/infrastructure/read-store/projections/projection-table.js');

/** `open` are keys whose rows have changed and were not seen to be equal since. */
const models = schema.projections.map((projection) => ({
  projection,
  rows: new Map(),
  open: new Set(),
  ...statements(projection),
}));

await withInstallation(async ({ ledger }) => {
  takeOrders({ compare: (events) => compare(ledger, events) });
  await new Promise(() => undefined);
});

/** Events come in the order of the ledger, each once; answers with what the read models have otherwise. */
async function compare(ledger, stored) {
  const events = await ledger.open(stored);
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const differences = [];
    for (const model of models) {
      fold(model, events);
      differences.push(...(await differing(client, model)), ...(await surplus(client, model)));
    }
    return differences;
  } finally {
    await client.end();
  }
}

function fold({ projection, rows, open }, events) {
  for (const event of events) {
    if (!projection.categories.includes(event.stream.slice(0, event.stream.indexOf('-')))) continue;
    for (const key of projection.keysOf(event)) {
      const row = projection.apply(rows.get(key), event, key);
      if (row === undefined) rows.delete(key);
      else rows.set(key, { ...row, workspaceId: event.metadata.workspaceId });
      open.add(key);
    }
  }
}

async function differing(client, { projection, rows, open, text }) {
  const wanted = [...open].flatMap((key) => rows.get(key) ?? []);
  const json = JSON.stringify(wanted, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  const { rows: found } = await client.query(text, [json, [...open]]);
  open.clear();
  for (const { id } of found) open.add(id);
  return found.map(({ id, is, should }) => ({
    assertion: 'read-model-is-fold',
    what: `${projection.name} ${id}: ${is === null ? 'missing' : should === null ? 'too much' : 'different'}`,
  }));
}

async function surplus(client, { projection, rows }) {
  const { rows: counted } = await client.query(`select count(*)::int as count from ${projection.name}`);
  if (counted[0].count === rows.size) return [];
  const what = `${projection.name} has ${counted[0].count} rows, the ledger tells of ${rows.size}`;
  return [{ assertion: 'read-model-is-fold', what }];
}

/** Compares rows by their text, in the types of the table. */
function statements(projection) {
  const columns = projectionTable(projection).columns.filter(({ generated }) => generated === undefined);
  const typed = columns.map(({ property, type }) => `"${property}" ${type}`).join(', ');
  const folded = columns.map(({ property, name }) => `"${property}" as "${name}"`).join(', ');
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  return {
    text: `with folded as (select ${folded} from json_to_recordset($1::json) as r(${typed})),
        held as (select ${names} from ${projection.name} where id::text = any($2))
      select coalesce(folded.id, held.id)::text as id, held::text as is, folded::text as should
      from folded full join held on held.id = folded.id
      where folded::text is distinct from held::text`,
  };
}
