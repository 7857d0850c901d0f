import type { Recorded } from '@ledgerdesk/kernel';
import { parseStreamName } from '@ledgerdesk/event-store';
import type { Projection } from '@ledgerdesk/read-store';
import type { WorkspaceEvent } from '../domain/workspace.events.js';
import { WorkspaceRow } from './workspaces.entity.js';

export const workspaces: Projection<WorkspaceRow> = {
  name: 'workspaces',
  version: 1,
  entity: WorkspaceRow,
  categories: ['workspace'],
  indexes: [
    'create index on {table} (slug, id)',
    'create index on {table} (suspended_since) where suspended_since is not null',
  ],
  keysOf: ({ stream }) => [parseStreamName(stream).id],
  apply: (row, event, key) => rowAfter(row, event as Recorded<WorkspaceEvent>, key),
};

function rowAfter(
  row: WorkspaceRow | undefined,
  event: Recorded<WorkspaceEvent>,
  id: string,
): WorkspaceRow | undefined {
  const { workspaceId, occurredAt } = event.metadata;
  switch (event.type) {
    case 'WorkspaceOpened': {
      const { slug, name, timeZone, language } = event.data;
      const openedAt = new Date(occurredAt);
      return {
        id,
        workspaceId,
        slug,
        name,
        timeZone,
        language,
        openedAt,
        suspendedSince: null,
        suspendedBecause: null,
      };
    }
    case 'WorkspaceConfigured': {
      if (!row) return undefined;
      const { name = row.name, timeZone = row.timeZone, language = row.language } = event.data;
      return { ...row, name, timeZone, language };
    }
    case 'WorkspaceSuspended':
      return row && { ...row, suspendedSince: new Date(occurredAt), suspendedBecause: event.data.reason };
    case 'WorkspaceReactivated':
      return row && { ...row, suspendedSince: null, suspendedBecause: null };
    default:
      // Written by a newer release beside this one.
      return row;
  }
}
