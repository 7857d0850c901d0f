import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** Invitations that nobody has accepted yet; whoever joined is a member and stands here no more. */
export const InvitationRow = defineEntity({
  name: 'InvitationRow',
  tableName: 'invitations',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    email: p.text().nullable(),
    role: p.text(),
    invitedBy: p.text(),
    /** When the newest link went out. */
    sentAt: p.datetime().columnType('timestamptz'),
  },
});
export type InvitationRow = InferEntity<typeof InvitationRow>;
