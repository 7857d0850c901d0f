import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** One row per customer. */
export const CustomerRow = defineEntity({
  name: 'CustomerRow',
  tableName: 'customers',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    /** For the order of lists: the name, else the first address, in small letters. */
    sortName: p.text(),
    /** Name and addresses in small letters without accents, for parts of words. */
    findable: p.text(),
    externalId: p.text().nullable(),
    version: p.integer(),
    /** A `CustomerView` as JSON. */
    view: p.text(),
  },
});
export type CustomerRow = InferEntity<typeof CustomerRow>;
