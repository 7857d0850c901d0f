import type { DomainEvent, ErasureReason, Personal, RoleName } from '@ledgerdesk/kernel';

/** An account took a seat. The key of the member's personal texts is named by the member's id. */
export type MemberJoined = DomainEvent<
  'MemberJoined',
  { readonly memberId: string; readonly accountId: string; readonly name: Personal; readonly role: RoleName }
>;

/** Somebody who worked in another system and appears in imported history; can not sign in. */
export type ImportedMemberRegistered = DomainEvent<
  'ImportedMemberRegistered',
  { readonly memberId: string; readonly name: Personal; readonly source: string; readonly externalId: string }
>;

export type MemberRenamed = DomainEvent<'MemberRenamed', { readonly name: Personal }>;

export type MemberRoleChanged = DomainEvent<'MemberRoleChanged', { readonly from: RoleName; readonly to: RoleName }>;

export type MemberDeactivated = DomainEvent<'MemberDeactivated'>;

export type MemberReactivated = DomainEvent<'MemberReactivated'>;

/** It was decided to erase the member: the seat is gone at once, and nobody will sit on it again. */
export type MemberErasureRequested = DomainEvent<
  'MemberErasureRequested',
  { readonly keyId: string; readonly reason: ErasureReason }
>;

/** Their key is destroyed and their account has no seat here any more. What they did stays, as done by an erased member. */
export type MemberErased = DomainEvent<'MemberErased', { readonly keyId: string }>;

export type MemberEvent =
  | MemberJoined
  | ImportedMemberRegistered
  | MemberRenamed
  | MemberRoleChanged
  | MemberDeactivated
  | MemberReactivated
  | MemberErasureRequested
  | MemberErased;
