import { parseStreamName } from '@ledgerdesk/event-store';
import { Personal } from '@ledgerdesk/kernel';
import type { Projection } from '@ledgerdesk/read-store';
import { TextsAboutRow } from './texts-about.entity.js';

/** Where texts about somebody stand: what an erasure must reach and an access export must show. Holds no text itself. */
export const textsAbout: Projection<TextsAboutRow> = {
  name: 'texts_about',
  version: 1,
  entity: TextsAboutRow,
  categories: ['customer', 'member', 'ticket'],
  indexes: ['create index on {table} (workspace_id, key_id, category, id)'],
  keysOf: ({ data, stream }) => [...keyIdsIn(data)].map((keyId) => `${keyId}/${stream}`),
  apply(row, { stream, revision, metadata }, key) {
    // A stream that is told again begins anew.
    if (row && revision > row.firstRevision) return { ...row, texts: row.texts + 1 };
    const { category, id: aggregateId } = parseStreamName(stream);
    const keyId = key.slice(0, -stream.length - 1);
    const { workspaceId } = metadata;
    return { id: key, workspaceId, keyId, category, aggregateId, firstRevision: revision, texts: 1 };
  },
};

function keyIdsIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (value instanceof Personal) found.add(value.keyId);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) keyIdsIn(part, found);
  return found;
}
