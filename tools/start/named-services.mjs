import { Redis } from 'ioredis';
import pg from 'pg';
import { StartError } from './options.mjs';

const PATIENCE_MS = 5_000;

/**
 * Asks the services that somebody has named in the environment whether they are there, so that a mistake in an address is said
 * in one sentence instead of in the logs of the parts that need it.
 * @param {{ DATABASE_URL?: string, REDIS_URL?: string }} environment
 * @throws {StartError}
 */
export async function refuseSilentServices({ DATABASE_URL, REDIS_URL }) {
  if (DATABASE_URL) await ask('DATABASE_URL', DATABASE_URL, askPostgres);
  if (REDIS_URL) await ask('REDIS_URL', REDIS_URL, askRedis);
}

async function ask(name, url, question) {
  if (!URL.canParse(url)) throw new StartError(`${name} is not a URL: correct it, or leave it out to use our own.`);
  try {
    await question(url);
  } catch (error) {
    throw new StartError(
      `Nothing answers at ${name} (${new URL(url).host}): ${reasonOf(error)}; start that service, correct the address, or leave it out to use our own.`,
    );
  }
}

async function askPostgres(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}

async function askRedis(url) {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: PATIENCE_MS, retryStrategy: () => null });
  let reason;
  redis.on('error', (error) => (reason = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

const reasonOf = (error) => error.message || error.code;
