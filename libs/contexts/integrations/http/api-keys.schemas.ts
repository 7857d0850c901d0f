import { SCOPES } from '@ledgerdesk/kernel';
import { z } from 'zod';
import { LONGEST_KEY_NAME, LONGEST_OVERLAP_HOURS } from '../domain/api-key.commands.js';
import { isNetwork, MOST_NETWORKS } from '../keys/networks.js';

const API_KEY = {
  id: '01936c0e-7a00-7000-8000-000000000008',
  name: 'Shop: new orders',
  ending: 'q7Xz',
  memberId: '01936c0e-7a00-7000-8000-000000000001',
  scopes: ['tickets:write', 'customers:read'],
  networks: ['203.0.113.0/24'],
  state: 'active',
  createdAt: '2026-11-20T09:12:00.000Z',
  lastUsedAt: '2026-11-20T14:05:00.000Z',
  expiresAt: '2027-11-20T00:00:00.000Z',
  previousGoodUntil: null,
  revokedAt: null,
} as const;

const scope = z.enum(SCOPES).meta({ id: 'Scope', description: 'What a key may be used for, at most' });
const instant = z.iso.datetime();

export const ApiKeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    ending: z.string().meta({ description: 'The last four characters of the key, to recognise it by' }),
    memberId: z.uuid().meta({ description: 'Who made it; it may do what they may, at most' }),
    scopes: z.array(scope),
    networks: z.array(z.string()).meta({ description: 'Where it may be used from; empty for anywhere' }),
    state: z.enum(['active', 'expired', 'revoked']),
    createdAt: instant,
    lastUsedAt: instant.nullable().meta({ description: 'Exact to five minutes; null when it never was' }),
    expiresAt: instant.nullable(),
    previousGoodUntil: instant.nullable().meta({ description: 'Until then the key before the last roll is good too' }),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey', example: API_KEY });
export type ApiKeyView = z.infer<typeof ApiKeyView>;

export const ApiKeyPage = z
  .object({
    data: z.array(ApiKeyView),
    page: z.object({
      next: z.string().nullable().meta({ description: 'Cursor of the next page' }),
      hasMore: z.boolean(),
    }),
  })
  .meta({ id: 'ApiKeyPage', example: { data: [API_KEY], page: { next: null, hasMore: false } } });
export type ApiKeyPage = z.infer<typeof ApiKeyPage>;

const key = `ldk_live_…${API_KEY.ending}`;

export const NewApiKey = z
  .object({
    id: z.uuid(),
    key: z.string().meta({ description: 'The key itself. It is shown now and never again', example: key }),
  })
  .meta({ id: 'NewApiKey', example: { id: API_KEY.id, key } });
export type NewApiKey = z.infer<typeof NewApiKey>;

export const CreateApiKeyBody = z
  .strictObject({
    name: z.string().min(1).max(LONGEST_KEY_NAME),
    scopes: z.array(scope).min(1).max(SCOPES.length),
    networks: z
      .array(z.string().max(49).refine(isNetwork, 'Write an address or a network, such as 203.0.113.7 or 10.0.0.0/8.'))
      .max(MOST_NETWORKS)
      .default([])
      .meta({ description: 'Addresses and networks that the key may be used from; none for any' }),
    expiresAt: instant.nullable().default(null),
  })
  .meta({
    id: 'CreateApiKey',
    example: {
      name: API_KEY.name,
      scopes: API_KEY.scopes,
      networks: API_KEY.networks,
      expiresAt: API_KEY.expiresAt,
    },
  });
export type CreateApiKeyBody = z.infer<typeof CreateApiKeyBody>;

export const RollApiKeyBody = z
  .strictObject({
    overlapHours: z
      .int()
      .min(0)
      .max(LONGEST_OVERLAP_HOURS)
      .meta({ description: 'How long the present key stays good beside the new one; 0 ends it at once' }),
  })
  .meta({ id: 'RollApiKey', example: { overlapHours: 24 } });
export type RollApiKeyBody = z.infer<typeof RollApiKeyBody>;

export const ApiKeyPageQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/)
    .transform(Number)
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: 100, description: '100 by default', example: 100 }),
  after: z.string().max(2_048).optional().meta({ description: '`page.next` of the page before' }),
});
export type ApiKeyPageQuery = z.infer<typeof ApiKeyPageQuery>;

export const RevokedApiKey = z
  .object({ id: z.uuid(), revokedAt: instant.nullable() })
  .meta({ id: 'RevokedApiKey', example: { id: API_KEY.id, revokedAt: '2026-11-20T15:00:00.000Z' } });
export type RevokedApiKey = z.infer<typeof RevokedApiKey>;
