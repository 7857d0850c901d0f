import type { MergedTicket, TicketName } from './ticket-parties.js';

/** Where a ticket stands. `closed` and `merged` are final; `spam` and `trashed` can be restored for 30 days. */
export const TICKET_STATUSES = [
  'new',
  'open',
  'pending',
  'on_hold',
  'solved',
  'closed',
  'merged',
  'spam',
  'trashed',
] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

/** From least to most pressing: the place in this list is the rank that lists sort by. */
export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];

/** How a ticket or a message reached the desk. */
export const TICKET_CHANNELS = ['web', 'email', 'phone', 'chat', 'api', 'import'] as const;
export type TicketChannel = (typeof TICKET_CHANNELS)[number];

/** What this ticket is to the linked one. */
export const LINK_RELATIONS = ['related', 'follow_up_of', 'caused_by', 'duplicate_of'] as const;
export type LinkRelation = (typeof LINK_RELATIONS)[number];

/** The value of a custom field. Texts are personal and sealed in the ledger; numbers and booleans are not. */
export type FieldValue = string | number | boolean;

export interface TicketLink {
  readonly ticketId: string;
  readonly relation: LinkRelation;
}

export interface TicketRequester {
  readonly customerId: string;
  /** Key that seals every personal text of this ticket: all of it is about the requester. */
  readonly keyId: string;
}

/** Stands in the state for a field text that only the key of the requester can open. */
export const SEALED = Symbol('sealed');

/** What happens to solved tickets of a workspace: both are days after the solving. */
export interface SolvedPolicy {
  /** How long a message from the customer reopens it. */
  readonly reopenWindowDays: number;
  /** When it is closed for good. */
  readonly autoCloseDays: number;
}

/** Spam and trash can be restored for this long. */
export const RESTORE_WINDOW_DAYS = 30;

/** A merge can be taken back for this long. */
export const UNMERGE_WINDOW_DAYS = 7;

/** What a ticket has absorbed by one merge, and what has come for it since. Instants in milliseconds. */
export interface AbsorbedTicket {
  readonly mergeId: string;
  readonly at: number;
  /** The source first, then what it had absorbed. */
  readonly group: readonly MergedTicket[];
  readonly messages: number;
  readonly notes: number;
  readonly waitingSince: number | null;
}

/** How much was said, and since when somebody waits; without what was absorbed, except in the counts. */
export interface Conversation {
  readonly messages: number;
  readonly notes: number;
  readonly waitingSince: number | null;
}

/** The part of a ticket that merges and splits go by. */
export interface Union {
  readonly conversation: Conversation;
  /** Set from the request to the end of a merge: nobody writes to it then. */
  readonly merging: { readonly mergeId: string; readonly target: TicketName } | null;
  readonly mergedInto: {
    readonly mergeId: string;
    readonly target: TicketName;
    readonly formerStatus: TicketStatus;
  } | null;
  /** In the order of the merges. */
  readonly absorbed: readonly AbsorbedTicket[];
  /** Event ids of messages that go on elsewhere. */
  readonly moved: readonly string[];
}

/** What decisions need to know of a ticket. Holds no personal text, so it is the same before and after an erasure. */
export interface Ticket extends Union {
  readonly id: string;
  readonly number: number;
  /** Revision of its newest event. */
  readonly version: number;
  readonly requester: TicketRequester;
  readonly status: TicketStatus;
  /** Where a restore leads back to; set only while in spam or trash. */
  readonly formerStatus: TicketStatus | null;
  /** Milliseconds since the epoch, like all instants here. */
  readonly removedAt: number | null;
  /** A message from the customer reopens the solved ticket up to here; null: for ever. */
  readonly reopenUntil: number | null;
  /** When the solved ticket is closed for good; null: never by itself. */
  readonly closeAt: number | null;
  readonly pendingUntil: number | null;
  /** Messages and replies after the first one: who writes says how many they have seen. */
  readonly messages: number;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly priority: TicketPriority;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<string, number | boolean | typeof SEALED>>;
  readonly links: readonly TicketLink[];
  /** Keys under which no text of this ticket can be read any more. */
  readonly erasedKeys: readonly string[];
}

/** Nothing may be written any more; a later customer message belongs in a follow-up ticket. */
export function isFinal(status: TicketStatus): boolean {
  return status === 'closed' || status === 'merged';
}

/** Out of every view and report until it is restored. */
export function isRemoved(status: TicketStatus): boolean {
  return status === 'spam' || status === 'trashed';
}
