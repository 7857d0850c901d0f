import { randomUUID } from 'node:crypto';
import { ERASED, Personal } from '@ledgerdesk/kernel';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { ledgerMigrations } from '../migrations.js';
import { context, LedgerFixture } from '../spec/ledger-fixture.js';
import { notebook, OpenNotebook, RetitleNotebook } from '../spec/notebook.js';
import { KeyTable } from './key-table.js';
import { type MovedKey, KeyTransfer } from './key-transfer.js';

const only = { migrations: ledgerMigrations, projections: [] };

describe('keys on their way to another installation', () => {
  const workspaceId = randomUUID();
  let databases: readonly [TestDatabase, TestDatabase];
  let from: LedgerFixture;
  let to: LedgerFixture;
  const transfer = ({ connections, keys }: LedgerFixture): KeyTransfer =>
    new KeyTransfer(new KeyTable(connections), keys);

  beforeAll(async () => {
    databases = [await createTestDatabase(only), await createTestDatabase(only)];
    from = new LedgerFixture(databases[0]);
    to = new LedgerFixture(databases[1]);
  });

  afterAll(async () => {
    await Promise.all([from.close(), to.close()]);
    for (const database of databases) await database.drop();
  });

  /** Opens a notebook at the source, and takes its events to the other ledger as they are. */
  async function moved(keyId: string): Promise<string> {
    const id = randomUUID();
    const opened = new OpenNotebook(id, new Personal(keyId, 'Ada'));
    const { stream } = await from.runner.run(notebook, opened, context(workspaceId));
    await to.store.appendHistory((await from.store.read(stream)).map(({ position: _, ...event }) => event));
    return stream;
  }

  async function owner(ledger: LedgerFixture, stream: string): Promise<unknown> {
    const [event] = await ledger.ledger.read(stream);
    return (event?.data as { owner?: Personal }).owner?.text;
  }

  async function pages(): Promise<readonly MovedKey[]> {
    const keys: MovedKey[] = [];
    for await (const page of transfer(from).pages(workspaceId)) keys.push(...page);
    return keys;
  }

  it('open the texts there, wrapped by the other installation', async () => {
    const stream = await moved('ada');
    await expect(to.ledger.read(stream)).rejects.toMatchObject({ cause: { name: 'KeyMissing' } });
    await transfer(to).take(workspaceId, await pages());
    expect(await owner(to, stream)).toBe('Ada');
  });

  it('are withheld when they stay behind: texts read as erased, nothing is written under them, and they may come later', async () => {
    const stream = await moved('grace');
    await transfer(to).take(workspaceId, [{ keyId: 'grace', key: 'withheld' }]);
    expect(await owner(to, stream)).toBe(ERASED);
    const [, id = ''] = /_(.+)$/.exec(stream) ?? [];
    const retitled = new RetitleNotebook(id, new Personal('grace', 'New'));
    await expect(to.runner.run(notebook, retitled, context(workspaceId))).rejects.toMatchObject({
      code: 'person.key-withheld',
    });
    await transfer(to).take(workspaceId, await pages());
    const later = new LedgerFixture(databases[1]);
    expect(await owner(later, stream)).toBe('Ada');
    await later.close();
  });

  it('do not come back once they were destroyed, neither there nor by force', async () => {
    const stream = await moved('eve');
    const keys = await pages();
    await to.keys.destroy(workspaceId, destruction('eve'));
    await transfer(to).take(workspaceId, keys);
    const later = new LedgerFixture(databases[1]);
    expect(await owner(later, stream)).toBe(ERASED);
    await later.close();
    for (const change of [`wrapped = '\\x00'`, 'withheld = true']) {
      await expect(
        to.connections.run(workspaceId, (client) =>
          client.query(`update person_key set ${change} where workspace_id = $1 and key_id = 'eve'`, [workspaceId]),
        ),
      ).rejects.toThrow('can only be destroyed');
    }
  });

  it('can be destroyed while they are withheld, for good', async () => {
    const stream = await moved('mallory');
    await transfer(to).take(workspaceId, [{ keyId: 'mallory', key: 'withheld' }]);
    await to.keys.destroy(workspaceId, destruction('mallory'));
    await transfer(to).take(workspaceId, await pages());
    const later = new LedgerFixture(databases[1]);
    expect(await owner(later, stream)).toBe(ERASED);
    await later.close();
  });

  it('say which of them were destroyed at the source', async () => {
    await moved('zoe');
    await from.keys.destroy(workspaceId, destruction('zoe'));
    const keys = await pages();
    expect(keys.find(({ keyId }) => keyId === 'zoe')?.key).toBe('destroyed');
    await transfer(to).take(workspaceId, keys);
    const { rows } = await to.connections.run(workspaceId, (client) =>
      client.query<{ withheld: boolean }>(`select withheld from person_key where key_id = 'zoe' and wrapped is null`),
    );
    expect(rows).toEqual([{ withheld: false }]);
  });
});

function destruction(keyId: string): Parameters<LedgerFixture['keys']['destroy']>[1] {
  const requestedAt = new Date().toISOString();
  return { keyId, person: `customer:${keyId}`, requestedEvent: randomUUID(), requestedAt };
}
