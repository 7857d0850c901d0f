import { keyFile } from './settings.mjs';

/** Settings of whoever starts the desk that hold for it as they are. */
const TAKEN_OVER =
  /^(?:RATE_LIMIT(?:S|_[A-Z]+)|SEAL_ANCHOR_FILE|SEAL_INTERVAL|TRUSTED_PROXIES|MAIL_FROM|XDG_STATE_HOME)$/;

/**
 * The settings under which the api, the worker and the commands of one desk run.
 * @param {string} dataFolder
 * @param {{ webPort: number, postgresPort: number, redisPort: number, mailPort: number, postgresPassword: string, redisPassword: string, eventStoreUrl?: string }} settings
 * @returns {Record<string, string>}
 */
export function environmentOf(dataFolder, settings) {
  const { PATH = '', HOME = '', LOG_LEVEL = 'info', DATABASE_URL, REDIS_URL, MAIL_URL } = process.env;
  const takenOver = Object.entries(process.env).filter(([name]) => TAKEN_OVER.test(name));
  return {
    PATH,
    HOME,
    LOG_LEVEL,
    NODE_ENV: 'production',
    LEDGERDESK_MODE: 'embedded',
    HOST: '127.0.0.1',
    PORT: String(settings.webPort),
    PUBLIC_URL: `http://localhost:${settings.webPort}`,
    DATABASE_URL:
      DATABASE_URL ?? `postgres://postgres:${settings.postgresPassword}@127.0.0.1:${settings.postgresPort}/ledgerdesk`,
    ...(settings.eventStoreUrl ? { EVENTSTORE_URL: settings.eventStoreUrl } : {}),
    REDIS_URL: REDIS_URL ?? `redis://:${settings.redisPassword}@127.0.0.1:${settings.redisPort}`,
    ...mailOf(settings.mailPort, MAIL_URL),
    INSTALLATION_KEY_FILE: keyFile(dataFolder),
    ...Object.fromEntries(takenOver),
    // One malloc arena per core is enough; glibc's default of eight per core costs tens of megabytes.
    MALLOC_ARENA_MAX: '2',
    TZ: 'UTC',
  };
}

/** Mail goes where whoever starts the desk says; else nowhere: the api catches it. */
function mailOf(port, url) {
  return url ? { MAIL_URL: url } : { MAIL_URL: `smtp://127.0.0.1:${port}`, MAIL_CATCHER_PORT: String(port) };
}
