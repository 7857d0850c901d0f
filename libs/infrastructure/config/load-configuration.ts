import { homedir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Configuration, ConfigurationError } from './configuration.js';
import { deriveKey } from './derive-key.js';
import { refuseEventStore } from './event-store-rules.js';
import { limitsOf } from './limits-of.js';
import { mailOf } from './mail-of.js';
import { refuseUnsafeProduction } from './production-rules.js';
import { withSecretFiles } from './secret-files.js';
import { environment, type Environment } from './settings.js';
import { trustedProxies } from './trusted-proxies.js';

/**
 * Reads and checks the settings.
 * @throws ConfigurationError with a sentence that names the variable
 */
export function loadConfiguration(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Configuration {
  const parsed = environment.safeParse(withSecretFiles(withoutEmpty(variables)));
  if (!parsed.success) throw new ConfigurationError(firstSentence(parsed.error));
  const settings = parsed.data;
  const key = installationKey(settings);
  const configuration: Configuration = {
    mode: settings.LEDGERDESK_MODE,
    http: {
      host: settings.HOST,
      port: settings.PORT,
      publicUrl: new URL(settings.PUBLIC_URL ?? `http://localhost:${String(settings.PORT)}`).origin,
      corsOrigins: origins(settings.CORS_ORIGINS),
      trustedProxies: trustedProxies(settings.TRUSTED_PROXIES),
      docs: settings.API_DOCS ?? settings.LEDGERDESK_MODE === 'embedded',
      ...(settings.METRICS_TOKEN !== undefined && { metricsToken: settings.METRICS_TOKEN }),
    },
    database: { url: settings.DATABASE_URL, pool: settings.DATABASE_POOL },
    rebuildInDesk: settings.REBUILD_IN_DESK ?? settings.LEDGERDESK_MODE === 'embedded',
    ...(settings.EVENTSTORE_URL !== undefined && { eventStoreUrl: settings.EVENTSTORE_URL }),
    redisUrl: settings.REDIS_URL,
    ...limitsOf(settings),
    outbound: { plainHttp: settings.OUTBOUND_PLAIN_HTTP, ports: ports(settings.OUTBOUND_PORTS) },
    installationKey: key,
    seals: { interval: settings.SEAL_INTERVAL, ...anchorFile(settings, key) },
    ...mailOf(settings),
    logLevel: settings.LOG_LEVEL,
  };
  const badEventStore = refuseEventStore(configuration);
  if (badEventStore !== undefined) throw new ConfigurationError(badEventStore);
  if (configuration.mode === 'production') {
    const refusal = refuseUnsafeProduction(configuration, settings);
    if (refusal !== undefined) throw new ConfigurationError(refusal);
  }
  return configuration;
}

/** `NAME=` in a file means the same as no line at all. */
function withoutEmpty(variables: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}

/** Never repeats the value: it may be a secret. */
function firstSentence(error: z.ZodError): string {
  const issue = error.issues.at(0);
  const name = issue?.path.join('.') ?? 'The environment';
  const missing = issue?.code === 'invalid_type' && issue.message.includes('received undefined');
  return missing
    ? `${name} is not set: set it as described in .env.example.`
    : `${name} is not valid (${issue?.message ?? 'unknown reason'}): correct it as described in .env.example.`;
}

function origins(list: string): readonly string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      if (!URL.canParse(entry) || new URL(entry).origin !== entry) {
        throw new ConfigurationError(
          `CORS_ORIGINS holds something that is not an origin: write each as https://host[:port].`,
        );
      }
      return entry;
    });
}

function ports(list: string): readonly number[] {
  const entries = list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.every((entry) => /^\d{1,5}$/.test(entry) && Number(entry) >= 1 && Number(entry) <= 65_535)) {
    return entries.map(Number);
  }
  throw new ConfigurationError('OUTBOUND_PORTS holds something that is no port: write numbers like 8443,9443.');
}

function installationKey({ INSTALLATION_KEY: text }: Environment): Buffer {
  if (text === undefined) {
    throw new ConfigurationError(
      'INSTALLATION_KEY is not set: make one with `openssl rand -base64 32` and keep it safe.',
    );
  }
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) {
    throw new ConfigurationError(
      'INSTALLATION_KEY is not 32 bytes in base64: make one with `openssl rand -base64 32`.',
    );
  }
  return key;
}

/** A desk on one machine keeps its anchor with its user's state, apart from its data; its name comes from its key, so a new desk has a new one. */
function anchorFile(settings: Environment, key: Buffer): { readonly anchorFile?: string } {
  if (settings.SEAL_ANCHOR_FILE !== undefined) return { anchorFile: settings.SEAL_ANCHOR_FILE };
  if (settings.LEDGERDESK_MODE !== 'embedded') return {};
  const name = deriveKey(key, 'anchor-name').toString('hex').slice(0, 16);
  const state = settings.XDG_STATE_HOME ?? join(homedir(), '.local', 'state');
  return { anchorFile: join(state, 'ledgerdesk', `${name}.anchor.json`) };
}
