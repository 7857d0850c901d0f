import type { Recorded } from '@ledgerdesk/kernel';
import { parseStreamName } from '@ledgerdesk/event-store';
import type { Projection } from '@ledgerdesk/read-store';
import { roleDecider } from '../domain/role.decider.js';
import type { RoleEvent } from '../domain/role.events.js';
import { RoleRow } from './roles.entity.js';

/** The decider's own fold. What a member may do is never read from here: see `RoleBook`. */
export const roles: Projection<RoleRow> = {
  name: 'roles',
  version: 1,
  entity: RoleRow,
  categories: ['role'],
  indexes: ['create index on {table} (workspace_id, name)'],
  keysOf: ({ stream }) => [parseStreamName(stream).id],
  apply(row, event, id) {
    const { metadata, revision } = event;
    const role = roleDecider.evolve(row && { ...row, roleId: id }, event as Recorded<RoleEvent>, metadata);
    if (!role) return undefined;
    const { name, permissions, retired } = role;
    return { id, workspaceId: metadata.workspaceId, name, permissions, retired, version: revision };
  },
};
