import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import fc from 'fast-check';
import { Client } from 'pg';
import { integerArray, textArray, uuidArray } from './binary-arrays.js';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: [], projections: [] });
  client = new Client({ connectionString: database.adminUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function readBack(type: string, array: Buffer): Promise<unknown> {
  const { rows } = await client.query<{ values: unknown }>(`select $1::${type}[] as values`, [array]);
  return rows[0]?.values;
}

const storable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));

it('texts arrive as they left, whatever they hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(storable, { minLength: 1, maxLength: 20 }), async (values) => {
      expect(await readBack('text', textArray(values))).toEqual(values);
    }),
  );
});

it('integers and UUIDs arrive as they left', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.array(fc.uuid(), { minLength: 1 }),
      async (integers, uuids) => {
        expect(await readBack('integer', integerArray(integers))).toEqual(integers);
        expect(await readBack('uuid', uuidArray(uuids))).toEqual(uuids);
      },
    ),
  );
});

it('what is not a UUID is refused before it is sent', () => {
  expect(() => uuidArray(['1234'])).toThrow(TypeError);
});
