import type { Scope } from '@ledgerdesk/web-api';

/** In the order in which they are offered. */
export const SCOPES: readonly Scope[] = [
  'tickets:read',
  'tickets:write',
  'customers:read',
  'customers:write',
  'workspace:read',
  'teams:write',
  'ledger:read',
];

/** Days that a key may be good for. */
export const LIFETIMES = ['30', '90', '365', 'ever'] as const;

const DAY = 86_400_000;

/** @param now milliseconds since the epoch */
export function expiryOf(lifetime: (typeof LIFETIMES)[number], now: number): string | null {
  return lifetime === 'ever' ? null : new Date(now + Number(lifetime) * DAY).toISOString();
}

/** Addresses and networks, however they were set apart. */
export function networksOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((entry) => entry !== '');
}
