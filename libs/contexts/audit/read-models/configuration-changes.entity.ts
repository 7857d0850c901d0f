import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** One row per event that changed how a workspace is set up. */
export const ConfigurationChangeRow = defineEntity({
  name: 'ConfigurationChangeRow',
  tableName: 'configuration_changes',
  properties: {
    /** Of the event. */
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    /** Kind of what was changed, e.g. `team`. */
    kind: p.text(),
    /** Id of what was changed. */
    subjectId: p.text(),
    revision: p.integer(),
    type: p.text(),
    actor: p.text(),
    cause: p.text(),
    /** When the ledger learned it. */
    at: p.datetime().columnType('timestamptz'),
    hash: p.text(),
    /** `Change[]` as JSON. */
    changes: p.text(),
    /** What a search looks through, in small letters. */
    words: p.text(),
  },
});
export type ConfigurationChangeRow = InferEntity<typeof ConfigurationChangeRow>;
