import type { Configuration } from './configuration.js';
import type { Environment } from './settings.js';

/** First Node with the fix of CVE-2026-111497 (Brotli decoder). */
const PATCHED_NODE = [24, 22, 1] as const;
const GUESSED_FIRST = [
  '',
  'postgres',
  'password',
  'ledgerdesk',
  'ledgerdesk-demo',
  'admin',
  'changeme',
  'secret',
  'test',
  'root',
];
/** 32 random bytes hold about 30 different ones; fewer than this is a pattern that somebody typed. */
const DISTINCT_BYTES = 16;

/** The sentence with which a production start is refused, or `undefined` when the settings are safe. */
export function refuseUnsafeProduction(
  { installationKey, database, redisUrl, http, mail, logLevel }: Configuration,
  settings: Environment,
  nodeVersion: string = process.versions.node,
): string | undefined {
  if (new Set(installationKey).size < DISTINCT_BYTES) {
    return 'INSTALLATION_KEY is not random: make one with `openssl rand -base64 32`.';
  }
  if (isGuessable(new URL(database.url))) return 'DATABASE_URL has a default password: give the database role its own.';
  if (isExposedRedis(new URL(redisUrl)))
    return 'REDIS_URL has no password or a default one: set requirepass in Redis and use it.';
  if (settings.PUBLIC_URL === undefined)
    return 'PUBLIC_URL is not set: give the address where browsers reach the desk.';
  if (http.metricsToken !== undefined && new Set(http.metricsToken).size < 8) {
    return 'METRICS_TOKEN is easy to guess: make one with `openssl rand -hex 24`.';
  }
  if (mail && settings.MAIL_FROM === undefined)
    return 'MAIL_FROM is not set: give the address that our mail comes from, which the server of MAIL_URL must accept.';
  if (settings.MAIL_CATCHER_PORT !== undefined)
    return 'MAIL_CATCHER_PORT is set: unset it, caught mail can be read without signing in.';
  if (settings.OUTBOUND_PLAIN_HTTP)
    return 'OUTBOUND_PLAIN_HTTP is true: unset it, what is sent without https can be read and changed on its way.';
  if (settings.DEBUG !== undefined) return 'DEBUG is set: unset it, debug output of libraries can hold secrets.';
  if (settings.NODE_ENV !== 'production') return 'NODE_ENV is not production: unset it or set it to production.';
  if (logLevel === 'trace' || logLevel === 'debug')
    return 'LOG_LEVEL is too talkative for production: use info or higher.';
  if (!settings.ALLOW_UNPATCHED_NODE && isOlder(nodeVersion)) {
    return `Node ${nodeVersion} has an open advisory: run ${PATCHED_NODE.join('.')} or later, or set ALLOW_UNPATCHED_NODE=true knowingly.`;
  }
  return undefined;
}

function isGuessable({ password, username }: URL): boolean {
  const word = decodeURIComponent(password).toLowerCase();
  return GUESSED_FIRST.includes(word) || word === decodeURIComponent(username).toLowerCase();
}

/** A Redis on the same machine may go without a password; one across a network may not. */
function isExposedRedis(url: URL): boolean {
  return !isLoopback(url.hostname) && isGuessable(url);
}

/** Whether an address or host name can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare);
}

/** This machine, or a name without dots: a service beside us on a private network of containers. */
export function isNear(host: string): boolean {
  return isLoopback(host) || !host.includes('.');
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [place, least] of PATCHED_NODE.entries()) {
    const part = parts[place] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}
