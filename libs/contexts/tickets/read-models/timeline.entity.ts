import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** One row per event of a ticket, in whichever tickets it shows. */
export const TimelineRow = defineEntity({
  name: 'TimelineRow',
  tableName: 'timeline',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    ticketId: p.uuid(),
    revision: p.integer(),
    /** When it happened. */
    at: p.datetime().columnType('timestamptz'),
    /** The ticket in which a message goes on that was moved; it shows in both. */
    movedTo: p.uuid().nullable(),
    /** A `TimelineEntry` as JSON. */
    entry: p.text(),
  },
});
export type TimelineRow = InferEntity<typeof TimelineRow>;
