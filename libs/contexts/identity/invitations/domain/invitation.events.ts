import type { DomainEvent, Personal, RoleName } from '@ledgerdesk/kernel';

/**
 * Somebody was asked to take a seat. The address is sealed under the key of the member who they will be. `round` counts the links that
 * went out; only the newest is good.
 */
export type MemberInvited = DomainEvent<
  'MemberInvited',
  { readonly memberId: string; readonly email: Personal; readonly role: RoleName; readonly round: number }
>;

/** A new link went out, and made the former one void. */
export type InvitationSentAgain = DomainEvent<'InvitationSentAgain', { readonly round: number }>;

export type InvitationWithdrawn = DomainEvent<'InvitationWithdrawn'>;

/** The link was used. `MemberJoined` of the member follows. */
export type InvitationAccepted = DomainEvent<
  'InvitationAccepted',
  { readonly memberId: string; readonly accountId: string }
>;

export type InvitationEvent = MemberInvited | InvitationSentAgain | InvitationWithdrawn | InvitationAccepted;
