import { randomUUID } from 'node:crypto';
import { readFileSync, truncateSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { present } from '@ledgerdesk/testing';
import { checked, Folder, Home } from '../../portability/spec/home.js';
import { sealKeys } from '../sealing/seal-table.js';
import { rotateKey } from '../sealing/key-chain.js';
import { verifySecond } from '../spec/second-verifier.js';
import { exportFile } from './export-lines.js';
import { verifyExport } from './verify-export.js';

describe('an export of a real ledger', () => {
  const folder = new Folder();
  let from: Home;
  let to: Home;

  beforeAll(async () => {
    [from, to] = [await Home.open(), await Home.open()];
  });
  afterAll(async () => {
    await from.close();
    await to.close();
    folder.remove();
  });

  const linesOf = (path: string): string[] => gunzipSync(readFileSync(path)).toString().split('\n').slice(0, -1);
  const keysOf = async (home: Home): Promise<readonly string[]> =>
    (await home.connections.use((sql) => sealKeys(sql))).map(({ publicKey }) => publicKey);

  it('M2 M5 is found whole by both verifiers, with keys that changed, and after a move with the key of either home', async () => {
    const [workspaceId, other] = [randomUUID(), randomUUID()];
    const [first, second] = [randomUUID(), randomUUID()];
    await from.do(workspaceId, ['open', first, 'ada']);
    await from.do(other, ['open', second, 'grace']);
    await from.seal();
    await from.connections.use((sql) => rotateKey(sql, from.installationKey));
    await from.do(workspaceId, ['lines', first, 40]);
    await from.do(other, ['lines', second, 3]);
    await from.seal();
    await from.do(workspaceId, ['name', first, 'not "sealed" yet \u{1f600}']);
    const path = folder.fresh();
    await from.export(workspaceId, path);
    const keys = await keysOf(from);
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      const verdict = await verifyExport(exportFile(path), [key]);
      expect(verdict.finding).toBeUndefined();
      expect(verdict).toMatchObject({ events: 42, unsealed: 1, seals: 2, unknownSeals: 0 });
      expect(verifySecond(linesOf(path), key)).toEqual({ says: 'ok', events: 42, unsealed: 1 });
    }

    await to.import(await checked(path));
    await to.seal();
    await to.do(workspaceId, ['lines', first, 2]);
    await to.seal();
    const onward = folder.fresh();
    await to.export(workspaceId, onward);
    const [key = ''] = await keysOf(to);
    const home = await verifyExport(exportFile(onward), [key]);
    expect(home.finding).toBeUndefined();
    expect(home).toMatchObject({ events: 44, unsealed: 0, seals: 4, unknownSeals: 2 });
    expect(verifySecond(linesOf(onward), key)).toEqual({ says: 'ok', events: 44, unsealed: 0 });
    const both = await verifyExport(exportFile(onward), [key, present(keys[0])]);
    expect(both.finding).toBeUndefined();
    expect(both).toMatchObject({ events: 44, seals: 4, unknownSeals: 0 });
  });

  it('M5 is recognised when it was cut off, wherever that was', async () => {
    const [workspaceId, id] = [randomUUID(), randomUUID()];
    await from.do(workspaceId, ['open', id, 'ada']);
    await from.do(workspaceId, ['lines', id, 30]);
    await from.seal();
    const [, key = ''] = await keysOf(from);
    for (const share of [0.999, 0.9, 0.7]) {
      const path = folder.fresh();
      await from.export(workspaceId, path);
      truncateSync(path, Math.floor(readFileSync(path).length * share));
      const { finding } = await verifyExport(exportFile(path), [key]);
      expect(finding).toMatchObject({ kind: 'damaged-file' });
      expect(finding?.sentence).toContain('cut off');
    }
  });
});
