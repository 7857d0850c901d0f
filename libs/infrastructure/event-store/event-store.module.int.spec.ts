import { randomUUID } from 'node:crypto';
import { Personal } from '@ledgerdesk/kernel';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandLine } from './commands/command-line.js';
import { commandHandlers } from './commands/command-handlers.js';
import type { CommandResult } from './commands/command-runner.js';
import { IssuedBy } from './commands/issued-by.js';
import { context } from './spec/ledger-fixture.js';
import { AddLines, type Notebook, notebook, type NotebookEvent, OpenNotebook } from './spec/notebook.js';
import { EventStoreModule } from './event-store.module.js';
import { Ledger } from './ledger.js';
import { ledgerMigrations } from './migrations.js';
import { DatabaseClock } from './postgres/database-clock.js';

const handlers = commandHandlers(notebook, [OpenNotebook, AddLines], {
  LineAdded: [(data) => ({ line: data.line })],
});

@Module({ providers: handlers })
class NotebookModule {}

describe('the event store module', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  const lines: CommandLine[] = [];
  const workspaceId = randomUUID();

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: ledgerMigrations, projections: [] });
    const ledger = EventStoreModule.forRoot({ ...database, onCommand: (line) => lines.push(line) });
    app = await NestFactory.createApplicationContext(
      { module: NotebookModule, imports: [ledger] },
      { logger: false, abortOnError: false },
    );
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('carries a command with its context from the bus to the ledger', async () => {
    const bus = app.get(CommandBus, { strict: false });
    const id = randomUUID();
    await bus.execute(new OpenNotebook(id, new Personal('alice', 'Alice')), new IssuedBy(context(workspaceId)));
    const issued = context(workspaceId, { actor: 'key:k1', requestId: 'r' });
    const result = await bus.execute<AddLines, CommandResult<Notebook, NotebookEvent>>(
      new AddLines(id, 2),
      new IssuedBy(issued),
    );
    expect(result).toMatchObject({ version: 2, state: { lines: 2 } });
    const [, first] = await app.get(Ledger).read(result.stream);
    expect(first).toMatchObject({
      type: 'LineAdded',
      data: { line: 1 },
      metadata: { actor: 'key:k1', cause: 'command:AddLines', commandId: issued.commandId, requestId: 'r', v: '2' },
    });
    expect(lines.map(({ command, outcome }) => [command, outcome])).toEqual([
      ['OpenNotebook', 'appended'],
      ['AddLines', 'appended'],
    ]);
  });

  it('refuses a command that nobody issued', async () => {
    await expect(app.get(CommandBus, { strict: false }).execute(new AddLines(randomUUID(), 1))).rejects.toThrow(
      'IssuedBy',
    );
  });

  it('tells the time of the database', () => {
    expect(Math.abs(app.get(DatabaseClock).now() - Date.now())).toBeLessThan(1_000);
  });
});
