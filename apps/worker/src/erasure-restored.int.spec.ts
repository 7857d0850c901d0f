import { pipeline } from 'node:stream/promises';
import { PassThrough, Readable } from 'node:stream';
import { Test } from '@nestjs/testing';
import { CommandRunner, EventStoreModule, KeyRing, parseReceipts, receiptLines } from '@ledgerdesk/event-store';
import { projectConnections, reinstall } from '@ledgerdesk/read-store';
import { createTestDatabase, eventually, type TestDatabase } from '@ledgerdesk/testing';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { allReceipts } from './cli/erasures.js';
import { replayErasures } from './cli/replay-erasures.js';
import { schema } from './schema.js';
import { ErasureDesk, rowsWith, startWorker } from './spec/erasure-desk.js';

/** Rows of every table, as COPY writes them. */
type Backup = ReadonlyMap<string, Buffer>;

/** A whole copy of a database, keys and read models included: the worst backup for somebody who was erased later. */
async function backUp(database: Client): Promise<Backup> {
  const { rows } = await database.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('schema_migration')`,
  );
  const backup = new Map<string, Buffer>();
  for (const { name } of rows) {
    const pieces: Buffer[] = [];
    const sink = new PassThrough().on('data', (piece: Buffer) => pieces.push(piece));
    await pipeline(database.query(copyTo(`copy "${name}" to stdout`)), sink);
    backup.set(name, Buffer.concat(pieces));
  }
  return backup;
}

async function restored(backup: Backup): Promise<TestDatabase> {
  const database = await createTestDatabase();
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query(`set session_replication_role = 'replica'`);
  for (const name of backup.keys()) await admin.query(`delete from "${name}"`);
  for (const [name, rows] of backup)
    await pipeline(Readable.from([rows]), admin.query(copyFrom(`copy "${name}" from stdin`)));
  await admin.query(`update ledger_checkpoint set owner = null, lease_until = '-infinity'`);
  await admin.end();
  return database;
}

describe('M6 a backup that is older than an erasure', () => {
  let here: ErasureDesk;
  let database: TestDatabase;
  let admin: Client;
  let receipts: string;
  let customerId: string;

  beforeAll(async () => {
    here = await ErasureDesk.start();
    const person = await here.person();
    ({ customerId } = person);
    const backup = await backUp(here.database);
    await here.request(customerId);
    await here.erased(person);
    const connections = projectConnections(here.desk.database.projectUrl);
    receipts = [...receiptLines(await allReceipts({ connections }))].join('');
    await connections.close();
    database = await restored(backup);
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
  }, 120_000);

  afterAll(async () => {
    await admin.end();
    await database.drop();
    await here.close();
  });

  it('brings them back, which is why the receipts are replayed', async () => {
    expect(Object.keys(await rowsWith(admin, here.canary))).not.toEqual([]);
    const { rows } = await admin.query('select wrapped is not null as there from person_key where key_id = $1', [
      customerId,
    ]);
    expect(rows).toEqual([{ there: true }]);
  });

  it('erases them again, in the ledger and in every read model, as often as it is asked', async () => {
    const module = await Test.createTestingModule({ imports: [EventStoreModule.forRoot(database)] }).compile();
    await module.init();
    const tools = { keys: module.get(KeyRing), runner: module.get(CommandRunner) };
    expect(parseReceipts(receipts)).toHaveLength(1);
    await replayErasures(parseReceipts(receipts), tools);
    await replayErasures(parseReceipts(receipts), tools);
    await module.close();

    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    for (const projection of schema.projections) await reinstall(projection, owner);
    await owner.end();
    // Jobs of the restored desk must not be taken by the other one.
    const redis = new URL(here.desk.redisUrl);
    redis.pathname = `/${String(Number(redis.pathname.slice(1)) + 8)}`;
    const worker = await startWorker(database, redis.href);
    await eventually(async () => {
      const { rows } = await admin.query<{ type: string; count: number }>(
        `select type, count(*)::int as count from events
         where type in ('CustomerErasureRequested', 'CustomerErased', 'TicketTextsErased') group by type order by type`,
      );
      expect(rows).toEqual([
        { type: 'CustomerErased', count: 1 },
        { type: 'CustomerErasureRequested', count: 1 },
        { type: 'TicketTextsErased', count: 2 },
      ]);
      const erased = await admin.query('select 1 from customers where id = $1 and (view::json ->> $2) = $3', [
        customerId,
        'erased',
        'true',
      ]);
      expect(erased.rowCount).toBe(1);
    });
    await worker.close();
    expect(await rowsWith(admin, here.canary)).toEqual({});
    const receipt = await admin.query('select destroyed_at from erasure_receipt where key_id = $1', [customerId]);
    expect(receipt.rows).toEqual([{ destroyed_at: new Date(parseReceipts(receipts)[0]?.destroyedAt ?? '') }]);
  });
});
