import { randomUUID } from 'node:crypto';
import { DomainError, Personal } from '@ledgerdesk/kernel';
import { createTestDatabase, present, type TestDatabase } from '@ledgerdesk/testing';
import { context, destructionOf, LedgerFixture } from '../spec/ledger-fixture.js';
import { AddLines, NameNotebook, notebook, OpenNotebook, RetitleNotebook } from '../spec/notebook.js';
import { ledgerMigrations } from '../migrations.js';

describe('the command runner', () => {
  let database: TestDatabase;
  let desk: LedgerFixture;
  let other: LedgerFixture;
  const clock = { time: Date.parse('2026-03-02T12:00:00.000Z'), now: () => clock.time };
  const workspaceId = randomUUID();

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: ledgerMigrations, projections: [] });
    desk = new LedgerFixture(database, clock);
    other = new LedgerFixture(database, clock);
  });
  afterAll(async () => {
    await desk.close();
    await other.close();
    await database.drop();
  });

  async function opened(): Promise<string> {
    const id = randomUUID();
    await desk.runner.run(notebook, new OpenNotebook(id, new Personal('alice', 'Alice')), context(workspaceId));
    return id;
  }

  it('C3 refuses what who asks does not see, by the state that is decided on and before a conflict is told', async () => {
    const id = await opened();
    const asked: object[] = [];
    const sees = (_category: string, state: object): boolean => asked.push(state) === 0;
    const before = await desk.store.head();
    for (const basedOn of [undefined, 0, 7]) {
      const unseen = context(workspaceId, { sees, ...(basedOn !== undefined && { basedOn }) });
      const refusal = expect.objectContaining({ kind: 'not-found', code: 'notebook.not-found' }) as Error;
      await expect(desk.runner.run(notebook, new AddLines(id, 2), unseen)).rejects.toEqual(refusal);
    }
    expect(asked).toHaveLength(3);
    expect(asked[0]).toMatchObject({ opened: true, lines: 0 });
    expect(await desk.store.head()).toBe(before);
  });

  it('answers with version, position, events and state, and logs one line', async () => {
    const id = await opened();
    const result = await desk.runner.run(notebook, new AddLines(id, 2), context(workspaceId, { requestId: 'r1' }));
    expect(result).toMatchObject({ version: 2, state: { opened: true, lines: 2 } });
    expect(result.events.map(({ type, revision }) => [type, revision])).toEqual([
      ['LineAdded', 1],
      ['LineAdded', 2],
    ]);
    expect(result.position).toBe(await desk.store.head());
    expect(desk.lines.at(-1)).toMatchObject({ command: 'AddLines', version: 2, outcome: 'appended', request: 'r1' });
    expect(await desk.ledger.verify(result.stream)).toBeUndefined();
  });

  it('does not read the stream of an aggregate whose id was just made, unless the stream exists after all', async () => {
    const reading = jest.spyOn(desk.store, 'read');
    const id = randomUUID();
    const open = new OpenNotebook(id, new Personal('alice', 'Alice'));
    const first = await desk.runner.run(notebook, open, context(workspaceId, { newAggregate: id }));
    expect(first).toMatchObject({ version: 0, state: { opened: true } });
    expect(reading).not.toHaveBeenCalled();
    await expect(desk.runner.run(notebook, open, context(workspaceId, { newAggregate: id }))).rejects.toMatchObject({
      code: 'notebook.open',
    });
    expect(reading).toHaveBeenCalledTimes(1);
    const other = await opened();
    await desk.runner.run(notebook, new AddLines(other, 1), context(workspaceId, { newAggregate: id }));
    expect(await desk.ledger.verify(first.stream)).toBeUndefined();
    reading.mockRestore();
  });

  it('appends nothing for a quiet command and for a refused one', async () => {
    const id = await opened();
    const named = await desk.runner.run(notebook, new NameNotebook(id, 'n'), context(workspaceId));
    const quiet = await desk.runner.run(notebook, new NameNotebook(id, 'n'), context(workspaceId));
    expect(quiet).toMatchObject({ version: 1, position: named.position, events: [] });
    await expect(
      desk.runner.run(notebook, new OpenNotebook(id, new Personal('alice', 'A')), context(workspaceId)),
    ).rejects.toMatchObject({ code: 'notebook.open' });
    expect(desk.lines.at(-1)).toMatchObject({ outcome: 'refused', version: -1 });
  });

  it('K6 answers a command that is already in the stream from its events, whoever repeats it', async () => {
    const id = await opened();
    const once = context(workspaceId);
    const first = await desk.runner.run(notebook, new AddLines(id, 3), once);
    await desk.runner.run(notebook, new AddLines(id, 1), context(workspaceId));
    for (const { runner } of [desk, other]) {
      const again = await runner.run(notebook, new AddLines(id, 3), once);
      expect(again).toMatchObject({ version: 3, position: first.position, state: first.state });
      expect(again.events.map((event) => event.id)).toEqual(first.events.map((event) => event.id));
    }
    expect(await desk.store.read(first.stream)).toHaveLength(5);
  });

  it('K5 lets 100 writers in two processes each append exactly once', async () => {
    const id = await opened();
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, writer) =>
        (writer % 2 === 0 ? desk : other).runner.run(notebook, new AddLines(id, 1), context(workspaceId)),
      ),
    );
    expect(results.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, at) => at + 1),
    );
    expect(await desk.ledger.verify(present(results[0]).stream)).toBeUndefined();
  });

  it('K4 lets a stale write to another field pass, and refuses one to the same field with both values', async () => {
    const id = await opened();
    await desk.runner.run(notebook, new NameNotebook(id, 'theirs'), context(workspaceId));
    await desk.runner.run(
      notebook,
      new RetitleNotebook(id, new Personal('alice', 'new title')),
      context(workspaceId, { basedOn: 0 }),
    );
    const stale = (command: NameNotebook | RetitleNotebook, basedOn = 0): Promise<unknown> =>
      desk.runner.run(notebook, command, context(workspaceId, { basedOn })).catch((error: unknown) => error);
    expect(await stale(new NameNotebook(id, 'yours'))).toMatchObject({
      kind: 'stale',
      code: 'version.stale',
      conflicts: [{ field: 'name', yours: 'yours', theirs: 'theirs' }],
    });
    expect(await stale(new RetitleNotebook(id, new Personal('alice', 'other title')))).toMatchObject({
      conflicts: [{ field: 'title', yours: 'other title', theirs: 'new title' }],
    });
    expect(await stale(new NameNotebook(id, 'yours'), 99)).toMatchObject({ kind: 'stale', code: 'version.unknown' });
    expect(await stale(new NameNotebook(id, 'theirs'))).toMatchObject({ version: 2, events: [] });
  });

  it('keeps occurredAt from running backwards or ahead, and decides as of that instant', async () => {
    const id = await opened();
    const at = async (occurredAt: string): Promise<string> =>
      (await desk.runner.run(notebook, new AddLines(id, 1), context(workspaceId, { occurredAt }))).state.lastOccurredAt;
    expect(await at('2020-01-01T00:00:00Z')).toBe('2026-03-02T12:00:00.000Z');
    clock.time += 60_000;
    expect(await at('2026-03-02T13:00:30+01:00')).toBe('2026-03-02T12:00:30.000Z');
    expect(await at('2999-01-01T00:00:00Z')).toBe('2026-03-02T12:01:00.000Z');
    await expect(at('yesterday')).rejects.toThrow(TypeError);
  });

  it('appends several commands at once, and leaves out those it already has', async () => {
    const id = randomUUID();
    const commands = [new OpenNotebook(id, new Personal('alice', 'A')), new AddLines(id, 2), new NameNotebook(id, 'x')];
    const issued = commands.map((command) => ({ command, context: context(workspaceId, { imported: true }) }));
    await desk.runner.runAll(notebook, issued.slice(0, 1), { lane: 'bulk' });
    const all = await desk.runner.runAll(notebook, issued, { lane: 'bulk' });
    expect(all).toMatchObject({ version: 3, state: { name: 'x', lines: 2 } });
    expect(all.events).toHaveLength(4);
    expect(all.events.every(({ metadata }) => metadata.imported === 'true')).toBe(true);
    expect(await desk.runner.runAll(notebook, issued, { lane: 'bulk' })).toMatchObject({
      version: 3,
      position: all.position,
    });
    expect(await desk.store.read(all.stream)).toHaveLength(4);
    await expect(
      desk.runner.runAll(notebook, [
        ...issued,
        { command: new AddLines(randomUUID(), 1), context: context(workspaceId) },
      ]),
    ).rejects.toThrow(TypeError);
  });

  it('decides the same before and after an erasure, and stores nothing more about an erased person', async () => {
    const id = randomUUID();
    const keyId = `person-${id}`;
    await desk.runner.run(notebook, new OpenNotebook(id, new Personal(keyId, 'Bob')), context(workspaceId));
    await desk.keys.destroy(workspaceId, destructionOf(keyId));
    await expect(desk.runner.run(notebook, new AddLines(id, 1), context(workspaceId))).resolves.toMatchObject({
      version: 1,
    });
    const refused = await desk.runner
      .run(notebook, new RetitleNotebook(id, new Personal(keyId, 'again')), context(workspaceId))
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DomainError);
    expect(refused).toMatchObject({ code: 'person.erased' });
  });
});
