import { randomBytes, randomUUID } from 'node:crypto';
import { createTestDatabase, present, type TestDatabase } from '@ledgerdesk/testing';
import { ERASED, Personal, type Recorded } from '@ledgerdesk/kernel';
import { context, destructionOf, LedgerFixture } from '../spec/ledger-fixture.js';
import { AddLines, notebook, OpenNotebook, RetitleNotebook } from '../spec/notebook.js';
import { readWhole } from '../commands/load.js';
import { KeyRing } from './key-ring.js';
import type { FreshKey, StoredKey } from './key-table.js';

const workspaceId = randomUUID();

describe('M7 a key that another process destroyed', () => {
  let database: TestDatabase;
  let here: LedgerFixture;
  let there: LedgerFixture;

  beforeAll(async () => {
    database = await createTestDatabase();
    here = new LedgerFixture(database);
    there = new LedgerFixture(database);
  });

  afterAll(async () => {
    await Promise.all([here.close(), there.close()]);
    await database.drop();
  });

  /** A notebook whose key is cached in this process and destroyed in the other. */
  async function destroyedElsewhere(): Promise<{
    readonly id: string;
    readonly keyId: string;
    readonly stream: string;
  }> {
    const id = randomUUID();
    const keyId = randomUUID();
    const title = new Personal(keyId, 'CANARY');
    const { stream } = await here.runner.run(notebook, new OpenNotebook(id, title), context(workspaceId));
    await there.keys.destroy(workspaceId, destructionOf(keyId));
    return { id, keyId, stream };
  }

  it('is not used for anything that is kept, whatever this process remembers', async () => {
    const { stream } = await destroyedElsewhere();
    const stored = await readWhole(here.store, stream);
    expect(titleOf(await here.codec.open(stored, { fresh: true }))).toBe(ERASED);
    expect(titleOf(await here.codec.open(stored))).toBe(ERASED);
  });

  it('is forgotten as soon as the event of the erasure passes by, for reading and for writing', async () => {
    const { id, keyId, stream } = await destroyedElsewhere();
    const stored = await readWhole(here.store, stream);
    const erased = { ...present(stored[0]), type: 'CustomerErased', data: JSON.stringify({ keyId }) };
    here.ledger.heed([erased]);
    expect(titleOf(await here.codec.open(stored))).toBe(ERASED);
    const writing = here.runner.run(
      notebook,
      new RetitleNotebook(id, new Personal(keyId, 'again')),
      context(workspaceId),
    );
    await expect(writing).rejects.toMatchObject({ code: 'person.erased' });
    await here.runner.run(notebook, new AddLines(id, 1), context(workspaceId));
    expect(await here.ledger.verify(stream)).toBeUndefined();
  });

  it('does not come back by a lookup that began before', async () => {
    const keyId = randomUUID();
    const asked = Promise.withResolvers<undefined>();
    const answer = Promise.withResolvers<readonly StoredKey[]>();
    let workspaceKey: Buffer | undefined;
    let stored: readonly StoredKey[] = [];
    const table = {
      workspaceKey: (_: string, fresh: Buffer) => Promise.resolve((workspaceKey ??= fresh)),
      find: () => {
        asked.resolve(undefined);
        return answer.promise;
      },
      findOrInsert: (_: string, fresh: readonly FreshKey[]) =>
        Promise.resolve((stored = fresh.map((key) => ({ ...key, withheld: false })))),
      destroyed: () => Promise.resolve([]),
      destroy: () => Promise.resolve(),
    };
    const wrapping = randomBytes(32);
    await new KeyRing(table, wrapping).forSealing(workspaceId, [keyId]);
    const ring = new KeyRing(table, wrapping);
    const looking = ring.forOpening([{ workspaceId, keyId }]);
    await asked.promise;
    ring.forget(workspaceId, keyId);
    answer.resolve(stored);
    expect((await looking).get(workspaceId, keyId)).toBe(ERASED);
    expect((await ring.forOpening([{ workspaceId, keyId }])).get(workspaceId, keyId)).toBe(ERASED);
  });
});

function titleOf(events: readonly Recorded[]): unknown {
  return (events[0]?.data as { owner?: Personal }).owner?.text;
}
