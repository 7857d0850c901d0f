import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The clients of a round are a few members at one address, who never tire: they are counted, but never too many. */
const UNREACHED = '1000000';

/** The settings of an installation in production mode; its key is made here. */
export function environmentOf({ folder, postgres, redis, eventStore, publicPort }) {
  const keyFile = join(folder, 'installation.key');
  writeFileSync(keyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LOG_LEVEL: 'info',
    NODE_ENV: 'production',
    LEDGERDESK_MODE: 'production',
    ALLOW_UNPATCHED_NODE: 'true',
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://localhost:${publicPort}`,
    DATABASE_URL: postgres.url('ledgerdesk'),
    REDIS_URL: redis.url,
    ...(eventStore ? { EVENTSTORE_URL: eventStore.url } : {}),
    INSTALLATION_KEY_FILE: keyFile,
    RATE_LIMIT_ADDRESS: UNREACHED,
    RATE_LIMIT_MEMBER: UNREACHED,
    RATE_LIMIT_WORKSPACE: UNREACHED,
    RATE_LIMIT_TICKET: UNREACHED,
    RATE_LIMIT_SEARCH: UNREACHED,
    RATE_LIMIT_EXPORT: UNREACHED,
    RATE_LIMIT_VERIFICATION: UNREACHED,
    MALLOC_ARENA_MAX: '2',
    TZ: 'UTC',
  };
}
