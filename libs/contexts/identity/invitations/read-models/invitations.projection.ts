import { parseStreamName } from '@ledgerdesk/event-store';
import { ERASED, type Recorded } from '@ledgerdesk/kernel';
import type { Projection } from '@ledgerdesk/read-store';
import type { InvitationEvent } from '../domain/invitation.events.js';
import { InvitationRow } from './invitations.entity.js';

export const invitations: Projection<InvitationRow> = {
  name: 'invitations',
  version: 1,
  entity: InvitationRow,
  categories: ['invitation'],
  indexes: ['create index on {table} (workspace_id, id)'],
  keysOf: ({ stream }) => [parseStreamName(stream).id],
  apply: (row, event, key) => rowAfter(row, event as Recorded<InvitationEvent>, key),
};

function rowAfter(
  row: InvitationRow | undefined,
  { type, data, metadata }: Recorded<InvitationEvent>,
  id: string,
): InvitationRow | undefined {
  const { workspaceId, actor, occurredAt } = metadata;
  const sentAt = new Date(occurredAt);
  switch (type) {
    case 'MemberInvited': {
      const { text } = data.email;
      return { id, workspaceId, email: text === ERASED ? null : text, role: data.role, invitedBy: actor, sentAt };
    }
    case 'InvitationSentAgain':
      return row && { ...row, sentAt };
    case 'InvitationWithdrawn':
    case 'InvitationAccepted':
      return undefined;
    default:
      // Written by a newer release beside this one.
      return row;
  }
}
