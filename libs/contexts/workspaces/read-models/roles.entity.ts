import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Roles that a workspace has made for itself. */
export const RoleRow = defineEntity({
  name: 'RoleRow',
  tableName: 'roles',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    name: p.text(),
    permissions: p.json<readonly string[]>(),
    retired: p.boolean(),
    /** Revision of the role's last event. */
    version: p.integer(),
  },
});
export type RoleRow = InferEntity<typeof RoleRow>;
