import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** One row per ticket: columns that lists filter and sort by, and the ready answers of list and ticket as JSON texts. */
export const InboxRow = defineEntity({
  name: 'InboxRow',
  tableName: 'inbox',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    number: p.integer(),
    status: p.text(),
    /** New, open, pending or on hold: somebody still owes somebody something. */
    active: p.boolean(),
    /** Rank, 0 for low to 3 for urgent. */
    priority: p.smallint(),
    assigneeId: p.uuid().nullable(),
    teamId: p.uuid().nullable(),
    requesterId: p.uuid(),
    category: p.text().nullable(),
    channel: p.text(),
    externalId: p.text().nullable(),
    openedAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
    /** Ids of the tickets that are merged into it, with a space between; empty for none. */
    sources: p.text(),
    /** The ticket that it was merged into. */
    mergedInto: p.uuid().nullable(),
    version: p.integer(),
    /** Ledger position of the newest event of the ticket. */
    position: p.text(),
    /** A `TicketSummary` as JSON. */
    summary: p.text(),
    /** A `TicketView` as JSON. */
    view: p.text(),
  },
});
export type InboxRow = InferEntity<typeof InboxRow>;
