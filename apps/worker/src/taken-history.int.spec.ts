import { randomUUID } from 'node:crypto';
import { ledgerMigrations, streamName } from '@ledgerdesk/event-store';
import { EffectSweeper, jobMigrations, type Reaction, ReactionConsumer } from '@ledgerdesk/jobs';
import type { EventMetadata, Recorded } from '@ledgerdesk/kernel';
import { type Connections, projectConnections, projectionMigrations, ReadStore } from '@ledgerdesk/read-store';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';

const UNTIL = '2026-11-01T00:00:00.000Z';
const before = '2026-10-31T23:59:59.999Z';
const after = '2026-11-01T00:00:00.001Z';

/** Something that acts at once on everything. */
const reaction = (name: string, more: Partial<Reaction> = {}): Reaction => ({
  name,
  categories: ['ticket'],
  effectsOf: ({ stream }) => [{ kind: 'perform', subject: stream }],
  perform: () => Promise.resolve(),
  ...more,
});

describe('what follows from history that was taken over from another installation', () => {
  let database: TestDatabase;
  let connections: Connections;
  let store: ReadStore;

  beforeAll(async () => {
    const migrations = [...ledgerMigrations, ...projectionMigrations, ...jobMigrations];
    database = await createTestDatabase({ migrations, projections: [] });
    connections = projectConnections(database.projectUrl);
    store = new ReadStore({ url: database.appUrl });
  });

  afterAll(async () => {
    await connections.close();
    await store.close();
    await database.drop();
  });

  async function movedWorkspace(): Promise<string> {
    const workspaceId = randomUUID();
    await store.run(workspaceId, (sql) =>
      sql.rows(`insert into taken_history (workspace_id, history_until, events, digest) values ($1, $2, 1, 'x')`, [
        workspaceId,
        UNTIL,
      ]),
    );
    return workspaceId;
  }

  async function follow(which: Reaction, workspaceId: string, recordedAt: string): Promise<string> {
    const id = randomUUID();
    const metadata = { workspaceId, recordedAt, correlationId: 'c' } as EventMetadata;
    const stream = streamName('ticket', workspaceId, randomUUID());
    const event: Recorded = { id, type: 'TicketSolved', data: {}, stream, revision: 0, position: '1', metadata };
    const consumer = new ReactionConsumer(which, () => undefined);
    await connections.use((sql) => sql.transaction((transaction) => consumer.apply(transaction, [event])));
    return id;
  }

  async function planned(eventId: string): Promise<number> {
    const rows = await connections.use((sql) => sql.rows('select from effect where event_id = $1', [eventId]));
    return rows.length;
  }

  it('does not leave the house, unless it has happened here', async () => {
    const moved = await movedWorkspace();
    const mail = reaction('mail', { outward: true });
    expect(await planned(await follow(mail, moved, before))).toBe(0);
    expect(await planned(await follow(mail, moved, UNTIL))).toBe(0);
    expect(await planned(await follow(mail, moved, after))).toBe(1);
    expect(await planned(await follow(mail, randomUUID(), before))).toBe(1);
  });

  it('is planned when it only acts in the ledger, and waits until all of the history is here', async () => {
    const moved = await movedWorkspace();
    const timer = reaction('timer');
    const waiting = await follow(timer, moved, before);
    const other = await follow(timer, randomUUID(), before);
    expect(await planned(waiting)).toBe(1);
    const enqueued: { readonly eventId: string }[] = [];
    const sweeper = new EffectSweeper({
      reactions: [timer],
      connections,
      source: { head: () => Promise.resolve('1'), compare: () => 0 },
      positions: () => new Map([['reaction:timer', '1']]),
      enqueue: (pointers) => Promise.resolve(void enqueued.push(...pointers)),
      onFailure: (error) => {
        throw error;
      },
    });
    await sweeper.sweep();
    expect(enqueued.map(({ eventId }) => eventId)).toEqual([other]);
    await store.run(moved, (sql) =>
      sql.rows('update taken_history set whole_at = now() where workspace_id = $1', [moved]),
    );
    await sweeper.sweep();
    expect(enqueued.map(({ eventId }) => eventId)).toEqual([other, waiting]);
  });
});
