import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { present } from '@ledgerdesk/testing';
import { Client } from 'pg';
import { SealedDesk } from '../spec/sealed-desk.js';
import { readAnchor } from './anchor.js';
import { AnchorConflict, renewAnchor } from './anchoring.js';
import { ForeignSealKey, rotateKey } from './key-chain.js';
import type { Sealer } from './sealer.js';

describe('the sealer', () => {
  let desk: SealedDesk;
  const [first, second] = [randomUUID(), randomUUID()];

  beforeEach(async () => {
    desk = await SealedDesk.open();
  });
  afterEach(async () => {
    await desk.close();
  });

  async function sealed(): Promise<readonly { number: string; events: string }[]> {
    const { rows } = await desk.intruder.query<{ number: string; events: string }>(
      'select number, sum(events) as events from seal_share group by number order by number',
    );
    return rows;
  }

  it('seals every event once, with a share for each workspace, and only when something is new', async () => {
    await desk.write(first, 4);
    await desk.write(second, 2);
    expect(await desk.seal()).toBe(8);
    expect(await desk.seal()).toBe(0);
    await desk.write(second, 0);
    expect(await desk.seal()).toBe(1);
    expect(await sealed()).toEqual([
      { number: '1', events: '8' },
      { number: '2', events: '1' },
    ]);
    const { rows } = await desk.intruder.query(
      'select events_before::int as before, events from seal_share where workspace_id = $1 order by number',
      [second],
    );
    expect(rows).toEqual([
      { before: 0, events: 3 },
      { before: 3, events: 1 },
    ]);
  });

  it('waits until the newest seal is older than the interval', async () => {
    await desk.write(first, 1);
    expect(await desk.sealer().seal()).toBe(2);
    await desk.write(first, 1);
    expect(await desk.sealer().seal()).toBe(0);
    await desk.intruder.query(`update seal set sealed_at = sealed_at - interval '61 seconds'`);
    expect(await desk.sealer().seal()).toBe(2);
  });

  it('K8 seals no event twice and passes none over, however many processes seal at the same time', async () => {
    const sealers = Array.from({ length: 4 }, () => desk.sealer());
    const writing = Array.from({ length: 12 }, async () => Promise.all([desk.write(first, 3), desk.write(second, 1)]));
    const sealing = Array.from({ length: 12 }, async (_, round) => {
      await Promise.all(writing.slice(0, round));
      return Promise.all(sealers.map((sealer) => sealer.seal({ now: true })));
    });
    await Promise.all([...writing, ...sealing]);
    await desk.seal();
    const total = (await sealed()).reduce((sum, { events }) => sum + Number(events), 0);
    expect(total).toBe(72);
    expect(await desk.verify()).toMatchObject({ events: 72, unsealed: 0 });
  });

  it('goes on where it ended when the connection breaks between the rows and the commit', async () => {
    await desk.write(first, 3);
    await desk.intruder.query(`create function break_off() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`);
    await desk.intruder.query('alter function break_off security definer');
    await desk.intruder.query(
      'create trigger break_off after insert on seal_share for each statement execute function break_off()',
    );
    await expect(desk.seal()).rejects.toThrow();
    expect(await sealed()).toEqual([]);
    await desk.intruder.query('drop trigger break_off on seal_share');
    expect(await desk.seal()).toBe(4);
    expect(await desk.verify()).toMatchObject({ events: 4, unsealed: 0 });
  });

  it('runs by itself until it is stopped', async () => {
    await desk.write(first, 1);
    const sealer = await new Promise<Sealer>((resolve, reject) => {
      const running: Sealer = desk.sealer({
        interval: 1,
        onSeal: () => {
          resolve(running);
        },
        onFailure: reject,
      });
      running.start();
    });
    await sealer.stop();
    expect(await sealed()).toEqual([{ number: '1', events: '2' }]);
  });

  it('N8 can only add: no role of the desk may change or remove a seal, and a tenant sees only its own', async () => {
    await desk.write(first, 1);
    await desk.write(second, 1);
    await desk.seal();
    for (const url of [desk.database.appUrl, desk.database.projectUrl, desk.database.ownerUrl]) {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(`set ld.workspace = '${first}'`);
      for (const table of ['seal', 'seal_share', 'seal_key', 'foreign_seal']) {
        await expect(client.query(`update ${table} set number = number`)).rejects.toMatchObject({ code: '42501' });
        await expect(client.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' });
      }
      await client.end();
    }
    const tenant = new Client({ connectionString: desk.database.appUrl });
    await tenant.connect();
    await tenant.query(`set ld.workspace = '${first}'`);
    await expect(tenant.query(`insert into seal values (9, 'h', 'r', 's', 'p', now())`)).rejects.toMatchObject({
      code: '42501',
    });
    expect((await tenant.query('select distinct workspace_id from seal_share')).rows).toEqual([
      { workspace_id: first },
    ]);
    await tenant.query(`set ld.workspace = '${randomUUID()}'`);
    expect((await tenant.query('select from seal')).rowCount).toBe(0);
    await tenant.end();
  });

  it('keeps old seals proved when the key changes, and says when a key is not its own', async () => {
    await desk.write(first, 2);
    await desk.seal();
    const key = await desk.connections.use((sql) => rotateKey(sql, desk.database.installationKey));
    await desk.write(first, 2);
    await desk.seal();
    await rotateAgain();
    await desk.write(second, 2);
    await desk.seal();
    expect(await desk.verify()).toMatchObject({ events: 9, unsealed: 0, seals: 3 });
    expect((await desk.verify()).finding).toBeUndefined();
    expect(key.number).toBe(2);
    await desk.intruder.query(`update seal_key set public_key = $1 where number = 1`, [key.publicKey]);
    await expect(desk.verify()).rejects.toThrow(ForeignSealKey);

    async function rotateAgain(): Promise<void> {
      await desk.connections.use((sql) => rotateKey(sql, desk.database.installationKey));
    }
  });

  describe('writes the newest seal outside the database', () => {
    it('and moves on with the chain', async () => {
      await desk.write(first, 1);
      await desk.seal();
      expect(await readAnchor(desk.anchorFile)).toMatchObject({ number: 1 });
      await desk.write(first, 1);
      await desk.seal();
      expect(await readAnchor(desk.anchorFile)).toMatchObject({ number: 2 });
      expect((await desk.verify()).finding).toBeUndefined();
    });

    it('but never over a chain that does not hold the anchored seal: a cut-off ledger can not hide behind new seals', async () => {
      await desk.write(first, 1);
      await desk.seal();
      await desk.write(first, 1);
      await desk.seal();
      const before = readFileSync(desk.anchorFile, 'utf8');
      await desk.intruder.query(
        'delete from events where global_position > 2; delete from seal_share where number = 2; delete from seal where number = 2',
      );
      expect((await desk.verify()).finding).toMatchObject({ kind: 'anchor', seal: 2 });
      await desk.write(second, 5);
      await expect(desk.seal()).rejects.toThrow(AnchorConflict);
      await desk.write(second, 5);
      await expect(desk.seal()).rejects.toThrow('does not hold seal 2');
      expect(readFileSync(desk.anchorFile, 'utf8')).toBe(before);
      expect((await desk.verify()).finding).toMatchObject({ kind: 'anchor', seal: 2 });
      const aside = present(await renewAnchor(desk.connections, desk.anchorFile));
      expect(readFileSync(aside, 'utf8')).toBe(before);
      expect((await desk.verify()).finding).toBeUndefined();
    });

    it('and says so when that file was damaged', async () => {
      await desk.write(first, 1);
      await desk.seal();
      writeFileSync(desk.anchorFile, readFileSync(desk.anchorFile, 'utf8').replace('"number":1', '"number":7'));
      await expect(desk.verify()).rejects.toThrow('is damaged');
    });
  });
});
