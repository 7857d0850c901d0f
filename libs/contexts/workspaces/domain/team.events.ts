import type { DomainEvent } from '@ledgerdesk/kernel';

export type TeamCreated = DomainEvent<'TeamCreated', { readonly teamId: string; readonly name: string }>;
export type TeamRenamed = DomainEvent<'TeamRenamed', { readonly name: string }>;
export type TeamMemberAdded = DomainEvent<'TeamMemberAdded', { readonly memberId: string }>;
export type TeamMemberRemoved = DomainEvent<'TeamMemberRemoved', { readonly memberId: string }>;

/** No new work goes to the team; its history stays. */
export type TeamArchived = DomainEvent<'TeamArchived'>;

export type TeamEvent = TeamCreated | TeamRenamed | TeamMemberAdded | TeamMemberRemoved | TeamArchived;
