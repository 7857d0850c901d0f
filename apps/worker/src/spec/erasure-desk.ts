import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { loadConfiguration } from '@ledgerdesk/config';
import { Log } from '@ledgerdesk/logging';
import { projectConnections, reinstall, type RowHash, rowHash } from '@ledgerdesk/read-store';
import {
  type Caller,
  caller,
  eventually,
  present,
  startTestDesk,
  type TestDatabase,
  type TestDesk,
} from '@ledgerdesk/testing';
import { schema } from '../schema.js';
import { WorkerModule } from '../worker.module.js';

/** Somebody whose every text holds the canary. */
export interface Person {
  readonly customerId: string;
  readonly email: string;
  readonly ticketIds: readonly string[];
  /** Requests that were made for them, to be repeated. */
  readonly requests: readonly { readonly path: string; readonly body: object; readonly key: string }[];
}

/** A desk with a worker, and ways to look for a word in everything that it keeps. */
export class ErasureDesk {
  /** Survives folding, cutting into words and small letters. */
  readonly canary = `canary${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  private readonly workers: INestApplicationContext[] = [];

  private constructor(
    readonly desk: TestDesk,
    readonly admin: Caller,
    readonly agent: Caller,
    readonly database: Client,
    private readonly workerLog: string[],
  ) {}

  static async start({ worker = true } = {}): Promise<ErasureDesk> {
    const desk = await startTestDesk();
    const database = new Client({ connectionString: desk.database.adminUrl });
    await database.connect();
    const [admin, agent] = [await caller(desk, 'admin@demo.test'), await caller(desk, 'agent@demo.test')];
    const erasing = new ErasureDesk(desk, admin, agent, database, []);
    if (worker) await erasing.startWorker();
    return erasing;
  }

  /** One more worker as `npm start` runs it, with keys and caches of its own. */
  async startWorker(): Promise<void> {
    this.workers.push(await startWorker(this.desk.database, this.desk.redisUrl, this.workerLog));
  }

  async close(): Promise<void> {
    await this.database.end();
    for (const worker of this.workers) await worker.close();
    await this.desk.close();
  }

  /** A person with texts in every place that the desk has for them. */
  async person(tickets = 2): Promise<Person> {
    const { agent, canary } = this;
    const email = `${canary}-${randomUUID().slice(0, 8)}@example.org`;
    const requests: { path: string; body: object; key: string }[] = [];
    const ticketIds: string[] = [];
    let customerId = '';
    const post = async (path: string, body: object): Promise<object> => {
      const key = randomUUID();
      requests.push({ path, body, key });
      const answer = await agent.post(path, body, { 'Idempotency-Key': key });
      if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
      return answer.body as object;
    };
    for (let index = 0; index < tickets; index += 1) {
      const requester = { email, name: `Name ${canary}` };
      const opened = await post('/tickets', { subject: `Subject ${canary}`, body: `Body ${canary}`, requester });
      const ticket = opened as { id: string; requester: { customerId: string } };
      ({ customerId } = ticket.requester);
      ticketIds.push(ticket.id);
      await post(`/tickets/${ticket.id}/notes`, { body: `Note ${canary}` });
      await post(`/tickets/${ticket.id}/messages`, { body: `Message ${canary}` });
    }
    await post(`/customers/${customerId}/notes`, { text: `About ${canary}` });
    await this.desk.caughtUp();
    return { customerId, email, ticketIds, requests };
  }

  async request(customerId: string): Promise<void> {
    const seen = await this.admin.get(`/customers/${customerId}/erasure`).expect(200);
    const sent = { 'If-Match': present(seen.headers.etag) };
    await this.admin.post(`/customers/${customerId}/erasure`, { reason: 'person_asked' }, sent).expect(202);
  }

  /** Until the customer is erased and every ticket says so. */
  async erased({ customerId, ticketIds }: Person): Promise<void> {
    await eventually(async () => {
      const asked = await this.admin.get(`/customers/${customerId}/erasure`).expect(200);
      expect(asked.body).toMatchObject({ state: 'erased' });
      const { rows } = await this.database.query<{ stream: string }>(
        `select stream from events where type = 'TicketTextsErased'`,
      );
      for (const id of ticketIds) expect(rows.filter(({ stream }) => stream.endsWith(id))).toHaveLength(1);
    });
    await this.desk.caughtUp();
  }

  /** Where the canary sings: tables by name with the number of rows, Redis, logs. Empty when it is gone. */
  async canaries(): Promise<Readonly<Record<string, number>>> {
    const found = await rowsWith(this.database, this.canary);
    const logged = [...this.desk.logged, ...this.workerLog].filter((line) => line.includes(this.canary));
    if (logged.length > 0) found.logs = logged.length;
    const inRedis = await this.inRedis();
    if (inRedis > 0) found.redis = inRedis;
    return found;
  }

  /** What every read model holds, by the hash of its rows. */
  async readModels(): Promise<Readonly<Record<string, RowHash>>> {
    await this.desk.caughtUp();
    const connections = projectConnections(this.desk.database.projectUrl);
    const found: Record<string, RowHash> = {};
    for (const projection of schema.projections)
      found[projection.name] = await connections.use((sql) => rowHash(sql, projection));
    await connections.close();
    return found;
  }

  /** Drops every read model under the running worker, and waits until it has folded them again. */
  async rebuild(): Promise<void> {
    const owner = new Client({ connectionString: this.desk.database.ownerUrl });
    await owner.connect();
    for (const projection of schema.projections) await reinstall(projection, owner);
    await owner.end();
    await this.desk.caughtUp();
  }

  private async inRedis(): Promise<number> {
    const redis = new Redis(this.desk.redisUrl);
    try {
      const keys = await redis.keys('*');
      const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
      return [...keys, ...dumps.map(String)].filter((text) => text.includes(this.canary)).length;
    } finally {
      redis.disconnect();
    }
  }
}

/** A worker of its own on a database, also on one that was restored. */
export async function startWorker(
  database: TestDatabase,
  redisUrl: string,
  lines: string[] = [],
): Promise<INestApplicationContext> {
  const configuration = loadConfiguration({
    LEDGERDESK_MODE: 'embedded',
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redisUrl,
    INSTALLATION_KEY: Buffer.from(database.installationKey).toString('base64'),
  });
  const log = new Log({
    level: 'debug',
    process: 'worker',
    stream: { write: (line: string) => void lines.push(line) },
  });
  const module = await Test.createTestingModule({ imports: [WorkerModule.with(configuration, log)] }).compile();
  return module.init();
}

/** Tables of a database whose rows, as text, hold a word, with the number of such rows. */
export async function rowsWith(database: Client, word: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const { rows: tables } = await database.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm')`,
  );
  for (const { name } of tables) {
    const { rows } = await database.query<{ rows: number }>(
      `select count(*)::int as rows from "${name}" t where t::text ilike $1`,
      [`%${word}%`],
    );
    if (rows[0]?.rows) found[name] = rows[0].rows;
  }
  return found;
}
