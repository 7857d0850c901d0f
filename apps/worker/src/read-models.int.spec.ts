import { randomUUID } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { CommandRunner, EVENT_STORE, type EventStore, EventStoreModule, Ledger } from '@ledgerdesk/event-store';
import { newId } from '@ledgerdesk/kernel';
import {
  type Connections,
  projectConnections,
  ProjectionConsumer,
  ProjectionRunner,
  reinstall,
  type RowHash,
  rowHash,
} from '@ledgerdesk/read-store';
import { createTestDatabase, eventually, type TestDatabase } from '@ledgerdesk/testing';
import { AddNote, OpenTicket, SendPublicReply, ticketDecider } from '@ledgerdesk/tickets';
import { ledgerSource } from './ledger-source.js';
import { schema } from './schema.js';

const workspaces = [randomUUID(), randomUUID()] as const;
const WRITERS = 24;
const TICKETS_EACH = 8;

describe('the read models of the installation', () => {
  let database: TestDatabase;
  let connections: Connections;
  let module: TestingModule;
  let store: EventStore;
  let runner: ProjectionRunner;

  beforeAll(async () => {
    database = await createTestDatabase();
    connections = projectConnections(database.projectUrl);
    module = await Test.createTestingModule({ imports: [EventStoreModule.forRoot(database)] }).compile();
    await module.init();
    store = module.get<EventStore>(EVENT_STORE);
    const alarm = (problem: object): void => {
      throw new Error(JSON.stringify(problem));
    };
    runner = new ProjectionRunner({
      source: ledgerSource(store, module.get(Ledger), () => undefined),
      connections,
      consumers: schema.projections.map((projection) => new ProjectionConsumer(projection)),
      alarms: { eventParked: alarm, runnerFailing: alarm },
      claimEvery: 50,
    });
    runner.start();
  });

  afterAll(async () => {
    await runner.stop();
    await module.close();
    await connections.close();
    await database.drop();
  });

  /** One agent: tickets one after another, each with a reply and a note. */
  async function work(writer: number): Promise<void> {
    const commands = module.get(CommandRunner);
    const workspaceId = writer % 2 === 0 ? workspaces[0] : workspaces[1];
    for (let index = 0; index < TICKETS_EACH; index += 1) {
      const ticketId = newId();
      const customerId = newId();
      const ticket = new OpenTicket(ticketId, {
        number: writer * TICKETS_EACH + index + 1,
        subject: `Printer ${String(index)} prints smoke`,
        body: 'It began on Monday.',
        requester: { customerId, keyId: customerId, name: 'Ada', address: `ada-${String(writer)}@example.org` },
      });
      for (const command of [
        ticket,
        new SendPublicReply(ticketId, 'Open a window.'),
        new AddNote(ticketId, 'Third time.'),
      ])
        await commands.run(ticketDecider, command, {
          workspaceId,
          actor: 'member:spec',
          commandId: randomUUID(),
          correlationId: randomUUID(),
        });
    }
  }

  async function caughtUp(): Promise<void> {
    const head = await store.head();
    await eventually(async () => {
      const positions = await connections.use((sql) =>
        sql.rows<{ position: string }>(`select position from ledger_checkpoint where name not like 'reaction:%'`),
      );
      expect(new Set(positions.map(({ position }) => position))).toEqual(new Set([head]));
    });
  }

  async function hashes(): Promise<Readonly<Record<string, RowHash>>> {
    const found: Record<string, RowHash> = {};
    for (const projection of schema.projections)
      found[projection.name] = await connections.use((sql) => rowHash(sql, projection));
    return found;
  }

  it('K9 miss nothing of many writers, whatever order their commits come in', async () => {
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => work(writer)));
    await caughtUp();
    const [seen] = await connections.use((sql) =>
      sql.rows(`select (select count(*)::int from inbox) as tickets, (select count(*)::int from timeline) as entries,
                (select count(*)::int from events) as events`),
    );
    const tickets = WRITERS * TICKETS_EACH;
    // The first reply to a new ticket opens it, which is an event of its own.
    expect(seen).toEqual({ tickets, entries: tickets * 4, events: tickets * 4 });
  });

  it('M3 come back equal, row by row, after all of them were dropped under the runner', async () => {
    const live = await hashes();
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    for (const projection of schema.projections) await reinstall(projection, owner);
    await owner.end();
    await caughtUp();
    expect(await hashes()).toEqual(live);
    expect(live).toMatchObject({ inbox: { rows: WRITERS * TICKETS_EACH } });
  });
});
