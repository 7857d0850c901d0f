import type { ReadStore } from '@ledgerdesk/read-store';
import { INVITATION_DAYS } from './domain/invitation.decider.js';
import type { InvitationView } from './http/invitation.schemas.js';
import { MOST_OPEN } from './invite.js';

/** Who was asked and has not answered? */
export class ListInvitations {
  constructor(private readonly store: ReadStore) {}

  /** The newest first. */
  async of(workspaceId: string): Promise<InvitationView[]> {
    const rows = await this.store.run(workspaceId, (sql) =>
      sql.rows<Omit<InvitationView, 'sentAt' | 'expiresAt'> & { sentAt: Date }>(
        `select id, email, role, invited_by as "invitedBy", sent_at as "sentAt" from invitations
         where workspace_id = $1::uuid order by sent_at desc, id limit $2`,
        [workspaceId, MOST_OPEN],
      ),
    );
    return rows.map(({ sentAt, ...row }) => ({
      ...row,
      sentAt: sentAt.toISOString(),
      expiresAt: new Date(sentAt.getTime() + INVITATION_DAYS * 86_400_000).toISOString(),
    }));
  }
}
