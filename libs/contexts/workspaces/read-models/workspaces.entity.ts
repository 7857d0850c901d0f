import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** The workspaces of the installation, for those who run it and for what must not run in a suspended one. */
export const WorkspaceRow = defineEntity({
  name: 'WorkspaceRow',
  tableName: 'workspaces',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    slug: p.text(),
    name: p.text(),
    timeZone: p.text(),
    language: p.text(),
    openedAt: p.datetime().columnType('timestamptz'),
    /** Null while it is not suspended. */
    suspendedSince: p.datetime().columnType('timestamptz').nullable(),
    suspendedBecause: p.text().nullable(),
  },
});
export type WorkspaceRow = InferEntity<typeof WorkspaceRow>;
