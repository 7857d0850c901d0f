import { z } from 'zod';

/** One host or several, with or without name and password, which may hold no character that means something in an address. */
const EVENTSTORE_ADDRESS =
  /^esdb(?:\+discover)?:\/\/(?:[^\s:/@]+:[^\s/@]+@)?[\w.-]+(?::\d+)?(?:,[\w.-]+(?::\d+)?)*\/?(?:\?[^\s?]+)?$/;

const ADDRESS = String.raw`[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+`;
/** `desk@example.org` or `Ledgerdesk <desk@example.org>`, on one line. */
const MAIL_SENDER = new RegExp(String.raw`^(?:[^<>"\p{Cc}]{0,80}<${ADDRESS}>|${ADDRESS})$`, 'u');

/** What every process of the installation needs to know about where it runs. */
export const runtimeSettings = z.object({
  LEDGERDESK_MODE: z.enum(['production', 'embedded']).default('production').meta({
    description:
      'embedded: one machine, demo logins allowed, loopback only while they exist. production: refuses weak settings.',
  }),
  NODE_ENV: z.string().default('production').meta({ description: 'Left at production, also on a laptop.' }),
  DEBUG: z
    .string()
    .optional()
    .meta({ description: 'Refused in production mode: debug output of libraries can hold secrets.' }),
  ALLOW_UNPATCHED_NODE: z.stringbool().default(false).meta({
    description:
      'true starts production mode on a Node older than 24.22.1 (open advisory in its Brotli decoder, which is never fed here).',
  }),
});

/** Infrastructure/http and the api. */
export const httpSettings = z.object({
  HOST: z.string().min(1).default('127.0.0.1').meta({ description: 'Address to listen on.' }),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).meta({ description: 'Port to listen on.' }),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description:
        'Where browsers reach the desk, without a path. Required in production mode; else http://localhost:<PORT>.',
    }),
  CORS_ORIGINS: z
    .string()
    .default('')
    .meta({ description: 'Other origins whose scripts may call the API, separated by commas.' }),
  TRUSTED_PROXIES: z.string().default('').meta({
    description:
      'Proxies in front of the api, separated by commas: addresses, networks (10.0.0.0/8), loopback, linklocal, uniquelocal. Only their X-Forwarded-For is believed.',
  }),
  API_DOCS: z.stringbool().optional().meta({
    description:
      'true shows the description of the API at /api/docs and /api/openapi.json; unset: only in embedded mode.',
  }),
  METRICS_TOKEN: z.string().min(16).optional().meta({
    description:
      'Bearer token for /api/metrics and the parts of /api/health/ready, at least 16 characters. Without it only loopback may read them.',
  }),
});

const quota = z.coerce.number().int().min(1).max(1_000_000);

/** Infrastructure/http/limits. */
export const limitSettings = z.object({
  RATE_LIMITS: z.stringbool().optional().meta({
    description:
      'true refuses too many requests with 429, false takes as many as come; unset: true in production mode only.',
  }),
  RATE_LIMIT_ADDRESS: quota.default(6_000).meta({
    description: 'Requests within any minute from one IPv4 address or IPv6 /64 network; an office is one address.',
  }),
  RATE_LIMIT_MEMBER: quota.default(1_200).meta({ description: 'Requests of one member within any minute.' }),
  RATE_LIMIT_KEY: quota.default(600).meta({ description: 'Requests of one API key within any minute.' }),
  RATE_LIMIT_WORKSPACE: quota.default(12_000).meta({ description: 'Requests of one workspace within any minute.' }),
  RATE_LIMIT_TICKET: quota.default(60).meta({
    description: 'Changes of one ticket by one member within any ten minutes; drafts do not count.',
  }),
  RATE_LIMIT_SEARCH: quota.default(240).meta({ description: 'Searches of one member within any minute.' }),
  RATE_LIMIT_EXPORT: quota.default(60).meta({
    description: 'Exports of a workspace, downloads of them and copies for customers within any hour.',
  }),
  RATE_LIMIT_VERIFICATION: quota.default(60).meta({
    description: 'Checks of the ledger that a workspace may ask for within any hour.',
  }),
});

/** Infrastructure/outbound. */
export const outboundSettings = z.object({
  OUTBOUND_PORTS: z.string().default('').meta({
    description:
      'Ports beside 443 and 80 at which other systems may be called by addresses that workspaces enter, separated by commas.',
  }),
  OUTBOUND_PLAIN_HTTP: z.stringbool().default(false).meta({
    description: 'true lets such addresses begin with http:// too; only in embedded mode.',
  }),
});

/** Infrastructure/event-store and infrastructure/read-store. */
export const databaseSettings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).meta({
    description:
      'Postgres as an administrator; only migrate signs in with it, every other connection uses a derived role.',
  }),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(8)
    .meta({ description: 'Connections per process and role.' }),
  REBUILD_IN_DESK: z.stringbool().optional().meta({
    description:
      'true lets owners and admins of every workspace rebuild read models, which all share; unset: only in embedded mode.',
  }),
});

/** Infrastructure/event-store, when the ledger is not in Postgres. */
export const eventStoreSettings = z.object({
  EVENTSTORE_URL: z
    .string()
    .regex(EVENTSTORE_ADDRESS, 'not an address like esdb://name:password@host:2113')
    .optional()
    .meta({
      description:
        'EventStoreDB for the ledger, esdb://name:password@host:2113; without it the ledger is in Postgres. Never change it later: move.',
    }),
});

/** Infrastructure/jobs and infrastructure/http/limits. */
export const redisSettings = z.object({
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .meta({ description: 'Redis for job pointers and counters of requests; holds nothing that matters.' }),
});

/** The one secret of an installation; every other key is derived from it. */
export const keySettings = z.object({
  INSTALLATION_KEY: z.string().optional().meta({
    description: '32 random bytes in base64 (openssl rand -base64 32). Losing it loses every personal text.',
  }),
  INSTALLATION_KEY_FILE: z
    .string()
    .optional()
    .meta({ description: 'A file that holds the key, instead of INSTALLATION_KEY.' }),
});

const fileOf = (name: string): z.ZodOptional<z.ZodString> =>
  z
    .string()
    .optional()
    .meta({ description: `A file that holds ${name}, instead of the variable.` });

/** Other settings that hold a secret, from files. */
export const secretFileSettings = z.object({
  DATABASE_URL_FILE: fileOf('DATABASE_URL'),
  REDIS_URL_FILE: fileOf('REDIS_URL'),
  EVENTSTORE_URL_FILE: fileOf('EVENTSTORE_URL'),
  MAIL_URL_FILE: fileOf('MAIL_URL'),
  METRICS_TOKEN_FILE: fileOf('METRICS_TOKEN'),
});

/** Infrastructure/proof. */
export const sealSettings = z.object({
  SEAL_INTERVAL: z.coerce.number().int().min(1).max(86_400).default(60).meta({
    description: 'Seconds between two seals of the ledger; a seal is made only when something is new.',
  }),
  SEAL_ANCHOR_FILE: z.string().optional().meta({
    description:
      'File that keeps the newest seal where the database does not reach. Without it a ledger that was cut off at its end can not be told from a shorter one.',
  }),
  XDG_STATE_HOME: z.string().optional().meta({
    description:
      'Folder for state of the user; in embedded mode the anchor is kept there, else in ~/.local/state, when SEAL_ANCHOR_FILE is not set.',
  }),
});

/** Infrastructure/logging. */
export const loggingSettings = z.object({
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info').meta({
    description: 'Lowest level that is written.',
  }),
});

/** Infrastructure/mail. */
export const mailSettings = z.object({
  MAIL_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .meta({
      description:
        'Server that takes our mail, smtp://name:password@host:587 or smtps://…:465; without it nothing is mailed and nobody can be invited.',
    }),
  MAIL_FROM: z.string().regex(MAIL_SENDER, 'not an address, with or without a name before it').optional().meta({
    description: 'Sender of our mail, such as Ledgerdesk <desk@example.org>. Required beside MAIL_URL in production.',
  }),
  MAIL_CATCHER_PORT: z.coerce.number().int().min(1).max(65535).optional().meta({
    description:
      'Embedded mode only: the api takes mail on this loopback port, to be read at /dev/mail; set by npm start.',
  }),
});

/** Every environment variable that Ledgerdesk reads. */
export const environment = z.object({
  ...runtimeSettings.shape,
  ...httpSettings.shape,
  ...limitSettings.shape,
  ...outboundSettings.shape,
  ...databaseSettings.shape,
  ...eventStoreSettings.shape,
  ...redisSettings.shape,
  ...keySettings.shape,
  ...secretFileSettings.shape,
  ...sealSettings.shape,
  ...mailSettings.shape,
  ...loggingSettings.shape,
});

export type Environment = z.infer<typeof environment>;
