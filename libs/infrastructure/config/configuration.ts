import type { Environment } from './settings.js';

/** A setting that is missing or wrong; the message is one sentence that says what to do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** How many requests may come within any so many seconds. */
export interface Allowance {
  readonly quota: number;
  readonly seconds: number;
}

/** Allowances of a network, a member, an API key and a workspace, and of what costs more. */
export type RequestLimits = Readonly<
  Record<'address' | 'member' | 'key' | 'workspace' | 'ticket' | 'search' | 'export' | 'verification', Allowance>
>;

/** The settings of one process, parsed once before anything starts. */
export interface Configuration {
  readonly mode: 'production' | 'embedded';
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Origin of the desk as browsers see it, e.g. `https://help.example.org`; no trailing slash. */
    readonly publicUrl: string;
    readonly corsOrigins: readonly string[];
    /** Addresses and networks of our proxies: what they say about where a request comes from is believed. */
    readonly trustedProxies: readonly string[];
    /** Whether the description of the API is shown; not when absent. */
    readonly docs?: boolean;
    readonly metricsToken?: string;
  };
  readonly database: {
    /** Administrator; only for migrations. Everything else connects with `roleUrl`. */
    readonly url: string;
    /** Connections per process and role. */
    readonly pool: number;
  };
  /** Whether owners and admins of workspaces may rebuild read models, which all workspaces share. */
  readonly rebuildInDesk: boolean;
  /** EventStoreDB, when the ledger is kept there and not in Postgres. */
  readonly eventStoreUrl?: string;
  readonly redisUrl: string;
  /** Absent where requests are not limited. */
  readonly limits?: RequestLimits;
  /** Calls to addresses that workspaces enter. */
  readonly outbound: {
    /** Also `http://`. */
    readonly plainHttp: boolean;
    /** Beside 443 and 80. */
    readonly ports: readonly number[];
  };
  /** 32 bytes. */
  readonly installationKey: Buffer;
  readonly seals: {
    /** Seconds between two seals. */
    readonly interval: number;
    /** Where the newest seal is also kept, outside the database; nowhere when absent. */
    readonly anchorFile?: string;
  };
  /** Absent where nothing can be mailed. */
  readonly mail?: {
    /** SMTP server with its credentials. */
    readonly url: string;
    /** Address, with or without a name before it. */
    readonly from: string;
    /** Loopback port on which the api catches what is mailed; embedded mode only. */
    readonly catcherPort?: number;
  };
  readonly logLevel: Environment['LOG_LEVEL'];
}

/** Nest injection token of the `Configuration`. */
export const CONFIGURATION = Symbol('Configuration');
