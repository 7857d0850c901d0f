import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Teams with the ids of their members. */
export const TeamRow = defineEntity({
  name: 'TeamRow',
  tableName: 'teams',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    name: p.text(),
    memberIds: p.json<readonly string[]>(),
    archived: p.boolean(),
    /** Revision of the team's last event: the version that its ETag carries. */
    version: p.integer(),
  },
});
export type TeamRow = InferEntity<typeof TeamRow>;
