import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** One row per event of a ticket. */
export const TimelineRow = defineEntity({
  name: 'TimelineRow',
  tableName: 'timeline',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    ticketId: p.uuid(),
    revision: p.integer(),
    /** A `TimelineEntry` as JSON. */
    entry: p.text(),
  },
});
export type TimelineRow = InferEntity<typeof TimelineRow>;
