import { randomUUID } from 'node:crypto';
import { present } from '@ledgerdesk/testing';
import { Client } from 'pg';
import { SealedDesk } from '../spec/sealed-desk.js';
import { openReport } from './report.js';
import { VerificationRunner } from './verification-runner.js';
import { requestVerification } from './verification-table.js';

describe('verifications that people ask for', () => {
  let desk: SealedDesk;
  const [own, other] = [randomUUID(), randomUUID()];

  beforeEach(async () => {
    desk = await SealedDesk.open();
    await desk.write(own, 3);
    await desk.write(other, 3);
    await desk.seal();
    await desk.write(own, 0);
  });
  afterEach(async () => {
    await desk.close();
  });

  const runner = (store = desk.ledger.store): VerificationRunner =>
    new VerificationRunner({
      store,
      connections: desk.connections,
      installationKey: desk.database.installationKey,
      anchorFile: desk.anchorFile,
    });

  async function ask(workspaceId = own, id = randomUUID()): Promise<string> {
    const request = { id, workspaceId, requestedBy: 'member:alice' };
    return present(await desk.connections.use((sql) => requestVerification(sql, request))).id;
  }

  async function row(id: string): Promise<Record<string, string>> {
    const { rows } = await desk.intruder.query<Record<string, string>>('select * from verification where id = $1', [
      id,
    ]);
    return present(rows[0]);
  }

  it('end with a signed report of what was checked and what was not', async () => {
    const id = await ask();
    expect(await runner().runNext()).toBe(true);
    expect(await runner().runNext()).toBe(false);
    const { state, events, report, signature, public_key: publicKey } = await row(id);
    expect({ state, events }).toEqual({ state: 'done', events: '5' });
    const file = JSON.stringify({ format: 'ledgerdesk-report', version: 1, publicKey, report, signature });
    expect(openReport(file, [present(publicKey)])).toMatchObject({
      anchor: 'held',
      events: 5,
      unsealed: 1,
      finding: null,
      newestSeal: { number: 1 },
      requestedBy: 'member:alice',
      workspace: own,
    });
    expect(openReport(file.replace('events\\":5', 'events\\":6'), [present(publicKey)])).toBeUndefined();
    expect(openReport(file, [])).toBeUndefined();
  });

  it('M5 say which event is wrong', async () => {
    await desk.intruder.query(
      `update events set data = replace(data, '2', '9') where workspace_id = $1 and revision = 2`,
      [own],
    );
    const id = await ask();
    await runner().runNext();
    expect(JSON.parse(present((await row(id)).report))).toMatchObject({
      anchor: 'not-reached',
      finding: { kind: 'altered', revision: 2 },
    });
    const untouched = await ask(other);
    await runner().runNext();
    expect(JSON.parse(present((await row(untouched)).report))).toMatchObject({ finding: null });
  });

  it('are one at a time per workspace, and run once, however many processes there are', async () => {
    const first = await ask();
    expect(await ask()).toBe(first);
    expect(await ask(other)).not.toBe(first);
    const ran = await Promise.all([runner(), runner(), runner(), runner()].map((each) => each.runNext()));
    expect(ran.filter(Boolean)).toHaveLength(2);
    expect((await row(first)).attempts).toBe(1);
    expect(await ask()).not.toBe(first);
  });

  it('are tried again after a failure, also of a process that died, and given up in the end', async () => {
    const id = await ask();
    const broken = Object.create(desk.ledger.store, {
      readAll: { value: () => Promise.reject(new Error('away')) },
    }) as typeof desk.ledger.store;
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await expect(runner(broken).runNext()).rejects.toThrow('away');
      expect((await row(id)).state).toBe('waiting');
      await desk.intruder.query(`update verification set state = 'running', running_until = now()`);
    }
    await expect(runner(broken).runNext()).rejects.toThrow('away');
    expect(await row(id)).toMatchObject({ state: 'failed', attempts: 3, report: null });
  });

  it('can not be answered by whoever works as the application', async () => {
    const tenant = new Client({ connectionString: desk.database.appUrl });
    await tenant.connect();
    await tenant.query(`set ld.workspace = '${own}'`);
    const forged = `insert into verification (id, workspace_id, requested_by, state, report) values ($1, $2, 'x', 'done', '{}')`;
    await expect(tenant.query(forged, [randomUUID(), own])).rejects.toMatchObject({ code: '42501' });
    const foreign = 'insert into verification (id, workspace_id, requested_by) values ($1, $2, $3)';
    await expect(tenant.query(foreign, [randomUUID(), other, 'x'])).rejects.toMatchObject({ code: '42501' });
    await expect(tenant.query(`update verification set report = '{}'`)).rejects.toMatchObject({ code: '42501' });
    await tenant.end();
  });
});
