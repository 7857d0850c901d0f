import type { DomainEvent, Personal } from '@ledgerdesk/kernel';
import type { MergingEvent } from './ticket-merging.events.js';
import type { RequesterData } from './ticket-parties.js';
import type { LinkRelation, TicketChannel, TicketPriority, TicketStatus } from './ticket.js';

export type * from './ticket-merging.events.js';
export type * from './ticket-parties.js';

/** Texts are sealed, numbers and booleans are not. */
export type FieldData = Personal | number | boolean;

/** An id in the system that a ticket came from, e.g. `{ source: 'servicenow', id: 'INC0000045' }`. */
export interface ExternalId {
  readonly source: string;
  readonly id: string;
}

/** A ticket exists, with the request it began with. */
export type TicketOpened = DomainEvent<
  'TicketOpened',
  {
    readonly ticketId: string;
    readonly number: number;
    readonly requester: RequesterData;
    readonly subject: Personal;
    readonly body: Personal | null;
    readonly channel: TicketChannel;
    readonly priority: TicketPriority;
    readonly category: string | null;
    readonly subcategory: string | null;
    readonly tags: readonly string[];
    readonly customFields: Readonly<Record<string, FieldData>>;
    readonly externalId: ExternalId | null;
    readonly followUpOf: string | null;
  }
>;

/** The requester wrote again. */
export type CustomerMessageReceived = DomainEvent<
  'CustomerMessageReceived',
  {
    readonly body: Personal;
    readonly channel: TicketChannel;
    /** The merged ticket that it was for, whose requester wrote it; absent: for this one. */
    readonly addressedTo?: string;
  }
>;

/** A member answered; the customer sees it. */
export type PublicReplySent = DomainEvent<'PublicReplySent', { readonly body: Personal }>;

/** A member wrote something that the customer never sees. */
export type NoteAdded = DomainEvent<'NoteAdded', { readonly body: Personal }>;

/** Work passed on, with what the next person needs to know. */
export type TicketHandedOff = DomainEvent<
  'TicketHandedOff',
  {
    readonly done: Personal;
    readonly next: Personal;
    readonly watch: Personal | null;
    readonly assigneeId: string;
    readonly from: string | null;
  }
>;

export interface Owner {
  readonly assigneeId: string | null;
  readonly teamId: string | null;
}

/** Another member or team (or nobody: null) owns the ticket. */
export type TicketAssigned = DomainEvent<
  'TicketAssigned',
  Owner & { readonly reason: Personal | null; readonly from: Owner }
>;

/** The subject changed. The former one stands in the event before. */
export type TicketRenamed = DomainEvent<'TicketRenamed', { readonly subject: Personal }>;

export type TicketPrioritised = DomainEvent<
  'TicketPrioritised',
  { readonly priority: TicketPriority; readonly from: TicketPriority }
>;

export interface Classification {
  readonly category: string | null;
  readonly subcategory: string | null;
}

export type TicketCategorised = DomainEvent<'TicketCategorised', Classification & { readonly from: Classification }>;

/** Only the tags that were not there before. */
export type TicketTagged = DomainEvent<'TicketTagged', { readonly tags: readonly string[] }>;

/** Only the tags that were there. */
export type TicketUntagged = DomainEvent<'TicketUntagged', { readonly tags: readonly string[] }>;

/** One custom field has another value; null took it away. */
export type CustomFieldSet = DomainEvent<
  'CustomFieldSet',
  { readonly field: string; readonly value: FieldData | null }
>;

export interface FromStatus {
  readonly from: TicketStatus;
}

/** An agent acted on a new ticket for the first time: it is open. */
export type WorkStarted = DomainEvent<'WorkStarted', FromStatus>;

/** The customer owes us something; `until` (RFC 3339 UTC) wakes it without them. */
export type TicketPended = DomainEvent<'TicketPended', FromStatus & { readonly until: string | null }>;

/** A third party owes us something. */
export type TicketHeld = DomainEvent<'TicketHeld', FromStatus>;

/** Done, we believe: both instants (RFC 3339 UTC) follow the settings that the workspace had then. */
export type TicketSolved = DomainEvent<
  'TicketSolved',
  FromStatus & {
    /** Up to here a message from the customer reopens it. */
    readonly reopenUntil: string;
    /** Then it is closed for good. */
    readonly closeAt: string;
  }
>;

/** Open again: the customer wrote, or an agent took it back. */
export type TicketReopened = DomainEvent<
  'TicketReopened',
  FromStatus & { readonly because: 'customer_message' | 'agent' }
>;

/** The instant up to which it was pending has come. */
export type TicketWoken = DomainEvent<'TicketWoken', FromStatus>;

export type TicketClosed = DomainEvent<'TicketClosed', FromStatus>;
export type TicketMarkedSpam = DomainEvent<'TicketMarkedSpam', FromStatus>;
export type TicketTrashed = DomainEvent<'TicketTrashed', FromStatus>;

/** Back from spam or trash, to the status it had before, with the instant that this status ends at by itself: `until` or `closeAt`. */
export type TicketRestored = DomainEvent<
  'TicketRestored',
  FromStatus & { readonly status: TicketStatus; readonly until: string | null; readonly closeAt: string | null }
>;

/** An undo took a change of the status back: the ticket stands as it did before, with the instants that belong to that status. */
export type StatusReverted = DomainEvent<
  'StatusReverted',
  FromStatus & {
    readonly status: TicketStatus;
    readonly until: string | null;
    readonly reopenUntil: string | null;
    readonly closeAt: string | null;
    readonly solvedAt: string | null;
    readonly waitingSince: string | null;
  }
>;

export type TicketLinked = DomainEvent<
  'TicketLinked',
  { readonly otherTicketId: string; readonly relation: LinkRelation }
>;
export type TicketUnlinked = DomainEvent<
  'TicketUnlinked',
  { readonly otherTicketId: string; readonly relation: LinkRelation }
>;

/** The fields that a row of another system sets. */
export interface ImportedFields extends Owner, Classification {
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
}

/** One step of a history taken over from another system: only the fields that changed, with their former values. */
export type ImportRecorded = DomainEvent<
  'ImportRecorded',
  { readonly changed: Partial<ImportedFields>; readonly from: Partial<ImportedFields> }
>;

/** The key of a person whose texts stand here was destroyed: they read as erased from now on, in all of this stream. */
export type TicketTextsErased = DomainEvent<'TicketTextsErased', { readonly keyId: string }>;

export type TicketEvent =
  | TicketOpened
  | TicketTextsErased
  | CustomerMessageReceived
  | PublicReplySent
  | NoteAdded
  | TicketHandedOff
  | TicketAssigned
  | TicketRenamed
  | TicketPrioritised
  | TicketCategorised
  | TicketTagged
  | TicketUntagged
  | CustomFieldSet
  | WorkStarted
  | TicketPended
  | TicketHeld
  | TicketSolved
  | TicketReopened
  | TicketWoken
  | TicketClosed
  | TicketMarkedSpam
  | TicketTrashed
  | TicketRestored
  | StatusReverted
  | TicketLinked
  | TicketUnlinked
  | ImportRecorded
  | MergingEvent;
