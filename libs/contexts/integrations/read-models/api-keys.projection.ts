import { parseStreamName } from '@ledgerdesk/event-store';
import type { Recorded } from '@ledgerdesk/kernel';
import type { Projection } from '@ledgerdesk/read-store';
import { apiKeyDecider } from '../domain/api-key.decider.js';
import type { ApiKeyEvent } from '../domain/api-key.events.js';
import { ApiKeyRow } from './api-keys.entity.js';

export const apiKeys: Projection<ApiKeyRow> = {
  name: 'api_keys',
  version: 1,
  entity: ApiKeyRow,
  categories: [apiKeyDecider.category],
  indexes: ['create index on {table} (workspace_id, id)'],
  keysOf: ({ stream }) => [parseStreamName(stream).id],
  apply(row, event, id) {
    const { type, data, metadata, revision } = event as Recorded<ApiKeyEvent>;
    const at = new Date(metadata.occurredAt);
    switch (type) {
      case 'ApiKeyCreated': {
        const { memberId, name, scopes, networks, ending, expiresAt } = data;
        return {
          ...{ id, workspaceId: metadata.workspaceId, memberId, name, scopes, networks, ending, version: revision },
          ...{ createdAt: at, expiresAt: expiresAt === null ? null : new Date(expiresAt) },
          ...{ previousGoodUntil: null, revokedAt: null },
        };
      }
      case 'ApiKeyRolled':
        return (
          row && {
            ...row,
            ending: data.ending,
            previousGoodUntil: new Date(data.previousGoodUntil),
            version: revision,
          }
        );
      case 'ApiKeyRevoked':
        return row && { ...row, revokedAt: at, version: revision };
      default:
        // Written by a newer release beside this one.
        return row;
    }
  },
};
