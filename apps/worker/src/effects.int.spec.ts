import { randomUUID } from 'node:crypto';
import { getQueueToken } from '@nestjs/bull';
import { Global, Module } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import type { Queue } from 'bull';
import { Redis } from 'ioredis';
import {
  commandHandlers,
  EVENT_STORE,
  type EventStore,
  EventStoreModule,
  IssuedBy,
  Ledger,
  ledgerMigrations,
  streamName,
} from '@ledgerdesk/event-store';
import {
  EffectPerformer,
  EffectQueue,
  EffectSweeper,
  jobMigrations,
  JobsModule,
  ReactionConsumer,
} from '@ledgerdesk/jobs';
import { type CommandContext, type EventMetadata, newId } from '@ledgerdesk/kernel';
import { Log, LoggingModule } from '@ledgerdesk/logging';
import { Connections, projectConnections, projectionMigrations, ProjectionRunner } from '@ledgerdesk/read-store';
import { createTestDatabase, eventually, present, type TestDatabase } from '@ledgerdesk/testing';
import { ledgerSource } from './ledger-source.js';
import { KettleReaction, kettleDecider, SwitchOff, SwitchOn, Whistle } from './spec/kettle.js';

const workspaceId = randomUUID();
const NEVER = new Date(Date.now() + 3_600_000).toISOString();
const redisUrl = process.env.TEST_REDIS_URL ?? '';

describe('effects', () => {
  const atRest = new Set<string>();
  const resting = (): Promise<string[]> => Promise.resolve([...atRest]);
  const reaction = new KettleReaction();
  let database: TestDatabase;
  let connections: Connections;
  let module: TestingModule;
  let redis: Redis;
  let store: EventStore;
  let runner: ProjectionRunner;
  let sweeper: EffectSweeper;

  beforeAll(async () => {
    database = await createTestDatabase({
      migrations: [...ledgerMigrations, ...projectionMigrations, ...jobMigrations],
      projections: [],
    });
    connections = projectConnections(database.projectUrl);
    @Global()
    @Module({ providers: [{ provide: Connections, useValue: connections }], exports: [Connections] })
    class ConnectionsModule {}
    module = await Test.createTestingModule({
      imports: [
        LoggingModule.with(new Log({ level: 'silent', process: 'spec' })),
        EventStoreModule.forRoot(database),
        ConnectionsModule,
        JobsModule.forRoot({ redisUrl, reactions: [reaction], resting }),
      ],
      providers: commandHandlers(kettleDecider, [SwitchOn, SwitchOff, Whistle]),
    }).compile();
    await module.init();
    store = module.get<EventStore>(EVENT_STORE);
    redis = new Redis(redisUrl);
    const source = ledgerSource(store, module.get(Ledger), () => undefined);
    sweeper = sweeperAt(() => runner.positions());
    const consumer = new ReactionConsumer(reaction, () => {
      sweeper.hurry();
    });
    const alarms = { eventParked: fail, runnerFailing: fail };
    runner = new ProjectionRunner({ source, connections, consumers: [consumer], alarms, claimEvery: 25 });
    runner.start();
    sweeper.start();
  });

  afterAll(async () => {
    await sweeper.stop();
    await runner.stop();
    await module.close();
    await connections.close();
    redis.disconnect();
    await database.drop();
  });

  function fail(problem: object): void {
    throw new Error(JSON.stringify(problem));
  }

  function sweeperAt(positions: () => ReadonlyMap<string, string>): EffectSweeper {
    const queue = module.get(EffectQueue);
    return new EffectSweeper({
      reactions: [reaction],
      resting,
      connections,
      source: { head: () => store.head(), compare: (a, b) => store.compare(a, b) },
      positions,
      enqueue: (pointers) => queue.enqueue(pointers),
      onFailure: fail,
    });
  }

  async function execute(command: object, more: Partial<CommandContext> = {}): Promise<void> {
    const context = {
      workspaceId,
      actor: 'system:spec',
      commandId: randomUUID(),
      correlationId: randomUUID(),
    } as const;
    await module.get(CommandBus).execute(command, new IssuedBy({ ...context, ...more }));
  }

  async function whistles(kettle: string): Promise<number> {
    const events = await store.read(streamName('kettle', workspaceId, kettle));
    return events.filter(({ type }) => type === 'KettleWhistled').length;
  }

  async function effects(kettle: string): Promise<readonly { state: string; attempts: number; eventId: string }[]> {
    return connections.use((sql) =>
      sql.rows(`select state, attempts, event_id as "eventId" from effect where subject = $1 order by revision`, [
        kettle,
      ]),
    );
  }

  async function states(kettle: string, ...expected: string[]): Promise<void> {
    await eventually(async () => {
      expect((await effects(kettle)).map(({ state }) => state)).toEqual(expected);
    });
  }

  async function sql(text: string, values: readonly unknown[] = []): Promise<void> {
    await connections.use((connection) => connection.rows(text, values));
  }

  async function pointerOf(kettle: string): Promise<{ reaction: string; eventId: string }> {
    const effect = (await effects(kettle)).at(0);
    return { reaction: reaction.name, eventId: effect?.eventId ?? '' };
  }

  it('are performed when they are due, as the system and because of their event', async () => {
    const kettle = newId();
    await execute(new SwitchOn(kettle, new Date().toISOString()));
    await states(kettle, 'done');
    const [on, whistled] = await module.get(Ledger).read(streamName('kettle', workspaceId, kettle));
    expect(whistled).toMatchObject({
      type: 'KettleWhistled',
      metadata: {
        actor: 'system:whistle-when-hot',
        cause: 'job:whistle-when-hot',
        causationId: present(on).id,
        correlationId: present(on).metadata.correlationId,
      },
    });
  });

  it('L4 survive a Redis that forgets everything, and happen once', async () => {
    const queue = module.get<Queue>(getQueueToken('effects'));
    await queue.pause(true, true);
    const kettle = newId();
    await execute(new SwitchOn(kettle, new Date().toISOString()));
    await states(kettle, 'pending');
    await sweeper.sweep();
    await redis.flushall();
    queue.resume(true).catch(fail);
    expect(await whistles(kettle)).toBe(0);
    // What thirty seconds do.
    await sql(`update effect set queued_until = '-infinity' where subject = $1`, [kettle]);
    await sweeper.sweep();
    await states(kettle, 'done');
    await sweeper.sweep();
    expect(await whistles(kettle)).toBe(1);
  });

  it('K12 append once, however often a job runs: at the same time, and after a crash before the effect was ticked off', async () => {
    const kettle = newId();
    await execute(new SwitchOn(kettle, NEVER));
    await states(kettle, 'pending');
    const performer = module.get(EffectPerformer);
    const pointer = await pointerOf(kettle);
    await Promise.all([performer.perform(pointer), performer.perform(pointer), performer.perform(pointer)]);
    expect(await effects(kettle)).toMatchObject([{ state: 'done', attempts: 1 }]);
    await sql(`update effect set state = 'pending', running_until = '-infinity' where subject = $1`, [kettle]);
    await performer.perform(pointer);
    expect(await effects(kettle)).toMatchObject([{ state: 'done', attempts: 2 }]);
    expect(await whistles(kettle)).toBe(1);
  });

  it('C8 wait while their workspace is suspended, also those that were queued before, and go on afterwards', async () => {
    const resting = randomUUID();
    atRest.add(resting);
    const [waits, goes] = [newId(), newId()];
    await execute(new SwitchOn(waits, new Date().toISOString()), { workspaceId: resting });
    await execute(new SwitchOn(goes, new Date().toISOString()));
    // Planned later and due later, so whoever would have performed the first had the time for it.
    await states(goes, 'done');
    await module.get(EffectPerformer).perform(await pointerOf(waits));
    expect(await effects(waits)).toMatchObject([{ state: 'pending', attempts: 0 }]);
    atRest.delete(resting);
    await states(waits, 'done');
  });

  it('are cancelled by a later event', async () => {
    const kettle = newId();
    await execute(new SwitchOn(kettle, NEVER));
    await states(kettle, 'pending');
    await execute(new SwitchOff(kettle));
    await states(kettle, 'cancelled');
    await execute(new SwitchOn(kettle, NEVER));
    await states(kettle, 'cancelled', 'pending');
  });

  it('are not even planned when a later event of the same page cancels them', async () => {
    const kettle = newId();
    for (const command of [new SwitchOn(kettle, NEVER), new SwitchOff(kettle), new SwitchOn(kettle, NEVER)])
      await execute(command, { imported: true });
    const events = await module.get(Ledger).read(streamName('kettle', workspaceId, kettle));
    const page = events.map((event) => ({ ...event, metadata: withoutImported(event.metadata) }));
    const consumer = new ReactionConsumer(reaction, () => undefined);
    await connections.use((connection) => consumer.apply(connection, page));
    expect(await effects(kettle)).toMatchObject([{ state: 'pending', eventId: events[2]?.id }]);
  });

  it('wait until the reaction has read the ledger up to their instant', async () => {
    const kettle = newId();
    await execute(new SwitchOn(kettle, NEVER));
    await states(kettle, 'pending');
    const consumer = 'reaction:whistle-when-hot';
    const behind = await store.head();
    await runner.stop();
    await execute(new SwitchOff(kettle));
    await sql(`update effect set due = now() - interval '1 minute' where subject = $1`, [kettle]);

    await sweeperAt(() => new Map([[consumer, behind]])).sweep();
    expect(await effects(kettle)).toMatchObject([{ state: 'pending', attempts: 0 }]);
    const [queued] = await connections.use((connection) =>
      connection.rows('select queued_until = $2::timestamptz as never from effect where subject = $1', [
        kettle,
        '-infinity',
      ]),
    );
    expect(queued).toEqual({ never: true });

    // At the end of the ledger it would go: this is what the wait has prevented.
    const head = await store.head();
    await sweeperAt(() => new Map([[consumer, head]])).sweep();
    await states(kettle, 'obsolete');
    expect(await whistles(kettle)).toBe(0);
  });

  it('are not planned for imported events', async () => {
    const kettle = newId();
    await execute(new SwitchOn(kettle, NEVER), { imported: true, occurredAt: new Date().toISOString() });
    const event = present((await module.get(Ledger).read(streamName('kettle', workspaceId, kettle))).at(0));
    const consumer = new ReactionConsumer(reaction, () => undefined);
    await connections.use((connection) => consumer.apply(connection, [event]));
    expect(event.metadata.imported).toBe('true');
    expect(await effects(kettle)).toEqual([]);
  });

  it('are tried again after a failure, later and later, and given up in the end', async () => {
    const kettle = newId();
    const consumer = new ReactionConsumer(reaction, () => undefined);
    await execute(new SwitchOn(kettle, NEVER));
    const event = present((await module.get(Ledger).read(streamName('kettle', workspaceId, kettle))).at(0));
    await connections.use((connection) => consumer.apply(connection, [event]));
    reaction.broken = true;
    const performer = module.get(EffectPerformer);
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await performer.perform(await pointerOf(kettle));
      expect(await effects(kettle)).toMatchObject([{ state: attempt < 12 ? 'pending' : 'failed', attempts: attempt }]);
    }
    reaction.broken = false;
    expect(await whistles(kettle)).toBe(0);
  });

  it('are claimed by one sweeper only', async () => {
    const kettle = newId();
    await sql(
      `insert into effect (reaction, event_id, workspace_id, stream, revision, subject, correlation_id, due, outward_id)
       select 'whistle-when-hot', gen_random_uuid(), $1, 's', n, $2, 'c', now() - interval '1 day', gen_random_uuid()
       from generate_series(1, 300) n`,
      [workspaceId, kettle],
    );
    const claimed: string[] = [];
    const head = await store.head();
    const sweepers = Array.from({ length: 4 }, () => {
      const queue = {
        enqueue: (pointers: readonly { eventId: string }[]) => claimed.push(...pointers.map((p) => p.eventId)),
      };
      return new EffectSweeper({
        reactions: [reaction],
        connections,
        source: { head: () => Promise.resolve(head), compare: (a, b) => store.compare(a, b) },
        positions: () => new Map([['reaction:whistle-when-hot', head]]),
        enqueue: (pointers) => Promise.resolve(void queue.enqueue(pointers)),
        onFailure: fail,
      });
    });
    await Promise.all(sweepers.map((each) => each.sweep()));
    const ours = new Set((await effects(kettle)).map(({ eventId }) => eventId));
    const found = claimed.filter((id) => ours.has(id));
    expect(found).toHaveLength(300);
    expect(new Set(found).size).toBe(300);
    await sql(`delete from effect where subject = $1`, [kettle]);
  });
});

/** As if the page had come from the desk itself: the runner of this suite must not have planned it before. */
function withoutImported({ imported, ...metadata }: EventMetadata): EventMetadata {
  return imported ? metadata : { ...metadata };
}
