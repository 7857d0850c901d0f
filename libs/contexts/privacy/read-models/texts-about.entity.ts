import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** One row per person and stream that holds texts about them. */
export const TextsAboutRow = defineEntity({
  name: 'TextsAboutRow',
  tableName: 'texts_about',
  properties: {
    /** `<key id>/<stream>` */
    id: p.text().primary(),
    workspaceId: p.uuid(),
    keyId: p.text(),
    /** First word of the stream's name, e.g. `ticket`. */
    category: p.text(),
    /** Id of the aggregate. */
    aggregateId: p.uuid(),
    /** Revision of the first event with a text about them. */
    firstRevision: p.integer(),
    /** How many events there hold texts about them. */
    texts: p.integer(),
  },
});
export type TextsAboutRow = InferEntity<typeof TextsAboutRow>;
