import { ERASED, type Personal, type Recorded } from '@ledgerdesk/kernel';
import type { Projection } from '@ledgerdesk/read-store';
import { parseStreamName } from '@ledgerdesk/event-store';
import type { MemberEvent } from '../domain/member.events.js';
import { MemberRow } from './members.entity.js';

export const members: Projection<MemberRow> = {
  name: 'members',
  version: 1,
  entity: MemberRow,
  categories: ['member'],
  indexes: ['create index on {table} (workspace_id, name)'],
  keysOf: ({ stream }) => [parseStreamName(stream).id],
  apply: (row, event, key) => rowAfter(row, event as Recorded<MemberEvent>, key),
};

function rowAfter(row: MemberRow | undefined, event: Recorded<MemberEvent>, id: string): MemberRow | undefined {
  const { workspaceId } = event.metadata;
  switch (event.type) {
    case 'MemberJoined': {
      const { name, role } = event.data;
      return { id, workspaceId, name: shown(name), role, status: 'active', canSignIn: true };
    }
    case 'ImportedMemberRegistered':
      return { id, workspaceId, name: shown(event.data.name), role: 'agent', status: 'active', canSignIn: false };
    case 'MemberRenamed':
      return row && { ...row, name: shown(event.data.name) };
    case 'MemberRoleChanged':
      return row && { ...row, role: event.data.to };
    case 'MemberDeactivated':
      return row && { ...row, status: 'deactivated' };
    case 'MemberReactivated':
      return row && { ...row, status: 'active' };
    case 'MemberErasureRequested':
      return row && { ...row, status: 'deactivated' };
    case 'MemberErased':
      return row && { ...row, name: null, status: 'erased' };
    default:
      // Written by a newer release beside this one.
      return row;
  }
}

function shown({ text }: Personal): string | null {
  return text === ERASED ? null : text;
}
