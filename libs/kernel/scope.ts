/** What an API key can be made for. Each operation that is open to keys names one of these; all others are closed to them. */
export const SCOPES = [
  'tickets:read',
  'tickets:write',
  'customers:read',
  'customers:write',
  'workspace:read',
  'teams:write',
  'ledger:read',
] as const;
export type Scope = (typeof SCOPES)[number];
