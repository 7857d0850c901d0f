import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CommandRunner, EventStore, Position } from '@ledgerdesk/event-store';
import type { ReadStore, RunnerAlarms } from '@ledgerdesk/read-store';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createTestDatabase, type TestDatabase } from './database.js';
import type { LoopbackEventStoreDb } from './eventstoredb/loopback-event-store-db.js';
import { eventually } from './eventually.js';

/** The whole api over a database of its own, with the demo workspaces in it and the read models following. */
export interface TestDesk {
  readonly app: NestExpressApplication;
  readonly server: Server;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly database: TestDatabase;
  readonly redisUrl: string;
  /** The loopback server that holds the ledger, for a desk that was started on one. */
  readonly loopback: LoopbackEventStoreDb | undefined;
  readonly store: EventStore;
  readonly runner: CommandRunner;
  readonly readStore: ReadStore;
  /** Everything that the api has logged, as JSON lines. */
  readonly logged: readonly string[];
  /** The access token of a demo member, e.g. `agent@demo.test`; signed in once per member. */
  tokenOf(email: string): Promise<string>;
  /** Waits until every read model shows everything that is in the ledger now. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** Where test desks keep their ledger: `loopback` for EventStoreDB over the loopback server, anything else for Postgres. */
type Home = 'postgres' | 'loopback';

const LONGEST_WAIT = 40_000;

/**
 * Starts the api as `npm start` would, in this process, on a free port. Imports everything lazily: pure suites that only want
 * `given` must not load an application.
 * @param settings more environment variables for the api
 */
export async function startTestDesk(
  home: Home = homeOfThisRun(),
  settings: Readonly<Record<string, string>> = {},
): Promise<TestDesk> {
  const [{ createApplication }, { loadConfiguration }, { Log }, eventStore, readStore, identity, worker] =
    await Promise.all([
      import('../../apps/api/src/application.js'),
      import('@ledgerdesk/config'),
      import('@ledgerdesk/logging'),
      import('@ledgerdesk/event-store'),
      import('@ledgerdesk/read-store'),
      import('@ledgerdesk/identity'),
      Promise.all([
        import('../../apps/worker/src/ledger-source.js'),
        import('../../apps/worker/src/rebuilds-of.js'),
        import('../../apps/worker/src/schema.js'),
        import('../../apps/worker/src/stored-ledger-source.js'),
        import('@ledgerdesk/audit'),
      ]),
    ]);
  const [{ ledgerSource }, { rebuildsOf }, { schema }, { storedLedgerSource }, { LedgerIndex }] = worker;
  const database = await createTestDatabase();
  const loopback = home === 'loopback' ? await startLoopback() : undefined;
  const redisUrl = ownRedis(process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:1');
  const logged: string[] = [];
  const configuration = loadConfiguration({
    LEDGERDESK_MODE: 'embedded',
    DATABASE_URL: database.databaseUrl,
    EVENTSTORE_URL: loopback?.url,
    REDIS_URL: redisUrl,
    INSTALLATION_KEY: Buffer.from(database.installationKey).toString('base64'),
    METRICS_TOKEN: randomBytes(24).toString('hex'),
    // The api never mails; it only has to know that somebody does.
    MAIL_URL: 'smtp://127.0.0.1:9',
    ...settings,
  });
  const log = new Log({ level: 'info', process: 'api', stream: { write: (line: string) => void logged.push(line) } });
  const app = await createApplication(configuration, log);
  await app.listen(0, '127.0.0.1');
  const server = app.getHttpServer();
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  const store = app.get<EventStore>(eventStore.EVENT_STORE);
  const source = ledgerSource(store, app.get(eventStore.Ledger), () => undefined);
  const connections = readStore.projectConnections(database.projectUrl);
  const parked: unknown[] = [];
  const alarms: RunnerAlarms = { eventParked: (event) => void parked.push(event), runnerFailing: () => undefined };
  const followers = [
    new readStore.ProjectionRunner({
      source,
      consumers: [],
      changing: new readStore.GenerationConsumers(schema.projections),
      connections,
      alarms,
    }),
  ];
  if (loopback) {
    const stored = storedLedgerSource(store, () => undefined);
    followers.push(
      new readStore.ProjectionRunner({ source: stored, consumers: [new LedgerIndex()], connections, alarms }),
    );
  }
  const rebuilds = rebuildsOf({ configuration, store, ledger: app.get(eventStore.Ledger), connections, log });
  for (const follower of followers) follower.start();
  rebuilds.start();

  const tools = { runner: app.get(eventStore.CommandRunner), readStore: app.get(readStore.ReadStore) };
  const accounts = new identity.Accounts(tools.readStore);
  await identity.seedDemo({ ...tools, accounts, passwords: app.get(identity.Passwords) });

  const progress = app.get(readStore.ProjectionProgress);
  const tokens = new Map<string, Promise<string>>();
  return {
    app,
    server,
    url,
    database,
    redisUrl,
    loopback,
    store,
    ...tools,
    logged,
    tokenOf(email) {
      const token = tokens.get(email) ?? signIn(url, email, identity.DEMO_PASSWORD);
      tokens.set(email, token);
      return token;
    },
    async caughtUp() {
      const head: Position = await store.head();
      const waits = schema.projections.map(({ name }) => progress.waitFor(name, head, LONGEST_WAIT));
      if ((await Promise.all(waits)).includes('stale')) throw new Error('A read model did not catch up.');
      // What was heard of may be older than a rebuild that has begun a moment ago, so what is stored counts.
      await eventually(async () => {
        const stored = new Map((await progress.consumers()).map(({ consumer, position }) => [consumer, position]));
        const behind = schema.projections.filter(({ name }) => store.compare(stored.get(name) ?? '', head) < 0);
        if (behind.length > 0) throw new Error(`${behind.map(({ name }) => name).join(', ')} did not catch up.`);
      });
      if (parked.length > 0) throw new Error(`A projection failed: ${JSON.stringify(parked[0])}`);
    },
    async close() {
      await rebuilds.stop();
      await Promise.all(followers.map((follower) => follower.stop()));
      await connections.close();
      await app.close();
      await loopback?.stop();
      await database.drop();
    },
  };
}

function homeOfThisRun(): Home {
  return process.env.TEST_EVENT_STORE === 'loopback' ? 'loopback' : 'postgres';
}

async function startLoopback(): Promise<LoopbackEventStoreDb> {
  const { LoopbackEventStoreDb: Loopback } = await import('./eventstoredb/loopback-event-store-db.js');
  return Loopback.start();
}

/** Suites that run at the same time share a server; each worker of the test run has a database of it. */
function ownRedis(server: string): string {
  const url = new URL(server);
  url.pathname = `/${process.env.JEST_WORKER_ID ?? '0'}`;
  return url.href;
}

async function signIn(url: string, email: string, password: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const body = (await response.json()) as { accessToken?: string };
  if (body.accessToken === undefined) throw new Error(`${email} could not sign in: ${JSON.stringify(body)}`);
  return body.accessToken;
}
