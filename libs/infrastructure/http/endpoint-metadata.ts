import type { Cost } from './limits/policies.js';

/** What the interceptors know about an endpoint. */
export interface Endpoint {
  readonly name: string;
  readonly status: number;
  readonly guarded: boolean;
  readonly idempotent: boolean;
  readonly reads: readonly string[];
  readonly costs?: Cost;
}

export const ENDPOINT = 'ledgerdesk:endpoint';
