import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** API keys as their keepers see them; nothing by which a secret could be checked. */
export const ApiKeyRow = defineEntity({
  name: 'ApiKeyRow',
  tableName: 'api_keys',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    memberId: p.uuid(),
    name: p.text(),
    scopes: p.json<readonly string[]>(),
    networks: p.json<readonly string[]>(),
    ending: p.text(),
    createdAt: p.datetime().columnType('timestamptz'),
    expiresAt: p.datetime().columnType('timestamptz').nullable(),
    previousGoodUntil: p.datetime().columnType('timestamptz').nullable(),
    revokedAt: p.datetime().columnType('timestamptz').nullable(),
    /** Revision of the key's last event. */
    version: p.integer(),
  },
});
export type ApiKeyRow = InferEntity<typeof ApiKeyRow>;
