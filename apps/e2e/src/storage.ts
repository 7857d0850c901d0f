import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';

/** Works on the database of the desk as its superuser: what an operator, a backup or a thief would see. */
export async function asSuperuser<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: process.env.E2E_DATABASE_URL });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every row of every table as text, by table. */
export function dumpTables(): Promise<ReadonlyMap<string, readonly string[]>> {
  return asSuperuser(async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    const dump = new Map<string, string[]>();
    for (const { name } of tables) {
      const table = client.escapeIdentifier(name);
      const { rows } = await client.query<{ row: string }>(`select dumped::text as row from ${table} as dumped`);
      dump.set(
        name,
        rows.map(({ row }) => row),
      );
    }
    return dump;
  });
}

/** Tables that read models are kept in. They hold readable text on purpose. */
export function readModelTables(): Promise<readonly string[]> {
  return asSuperuser(async (client) => {
    const { rows } = await client.query<{ name: string }>('select table_name as name from read_model_generation');
    return rows.map(({ name }) => name);
  });
}

/** Every key of Redis with its value. */
export async function dumpRedis(): Promise<readonly string[]> {
  const redis = new Redis(process.env.E2E_REDIS_URL ?? '');
  try {
    const keys = await redis.keys('*');
    return await Promise.all(keys.map(async (key) => `${key} ${JSON.stringify(await valueOf(redis, key))}`));
  } finally {
    redis.disconnect();
  }
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, 0, -1);
    case 'stream':
      return redis.xrange(key, '-', '+');
    default:
      return undefined;
  }
}

/** Everything that the parts of the desk have written into their logs, by part. */
export function logs(): ReadonlyMap<string, string> {
  const folder = join(process.env.E2E_DATA ?? '', 'logs');
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
