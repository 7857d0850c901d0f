import { parseStreamName } from '@ledgerdesk/event-store';
import type { Projection } from '@ledgerdesk/read-store';
import { changesOf, CONFIGURATION, type ChangeValue } from '../domain/configuration-change.js';
import { ConfigurationChangeRow } from './configuration-changes.entity.js';

/**
 * Who changed what in the configuration. A row depends on its event alone, so a stream that is told again after an erasure makes the
 * same rows without the name; what was before, where the event does not say it, is found in the row before.
 */
export const configurationChanges: Projection<ConfigurationChangeRow> = {
  name: 'configuration_changes',
  version: 1,
  entity: ConfigurationChangeRow,
  categories: CONFIGURATION,
  indexes: [
    'create index on {table} (workspace_id, at desc, revision desc, id desc)',
    'create index on {table} (workspace_id, actor, at desc, revision desc, id desc)',
    'create index on {table} (workspace_id, kind, at desc, revision desc, id desc)',
    'create index on {table} (workspace_id, subject_id, revision desc)',
  ],
  keysOf: ({ id }) => [id],
  apply(_row, event) {
    const { category: kind, id: subjectId } = parseStreamName(event.stream);
    const { workspaceId, actor, cause, recordedAt, hash } = event.metadata;
    const changes = changesOf(event, subjectId);
    return {
      id: event.id,
      workspaceId,
      kind,
      subjectId,
      revision: event.revision,
      type: event.type,
      actor,
      cause,
      at: new Date(recordedAt),
      hash,
      changes: JSON.stringify(changes),
      words: [kind, event.type, ...changes.flatMap(({ field, from, to }) => [field, ...words(from), ...words(to)])]
        .join('\n')
        .toLowerCase(),
    };
  },
};

function words(value: ChangeValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return (value as readonly ChangeValue[]).flatMap(words);
  return typeof value === 'object' ? [] : [String(value)];
}
