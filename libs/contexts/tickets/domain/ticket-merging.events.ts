import type { DomainEvent, Personal } from '@ledgerdesk/kernel';
import type { MergedTicket, RequesterData, TicketName } from './ticket-parties.js';
import type { TicketChannel, TicketStatus } from './ticket.js';

/** Of the source: it is about to become part of another ticket, and is read-only from now on. */
export type MergeRequested = DomainEvent<
  'MergeRequested',
  { readonly mergeId: string; readonly target: TicketName; readonly from: TicketStatus }
>;

/** Of the target: the source, and what was merged into that before, are part of its story. Nothing is copied but numbers. */
export type Absorbed = DomainEvent<
  'Absorbed',
  {
    readonly mergeId: string;
    /** The source first, then the tickets that it had absorbed. */
    readonly group: readonly MergedTicket[];
    readonly messageCount: number;
    readonly noteCount: number;
    /** RFC 3339 UTC: the oldest message of the group that nobody has answered. */
    readonly waitingSince: string | null;
  }
>;

/** Of the source: it is final and points to its target. */
export type Merged = DomainEvent<
  'Merged',
  {
    readonly mergeId: string;
    readonly target: TicketName;
    readonly from: TicketStatus;
    /** Ids of all tickets whose story moved with it, itself first. */
    readonly group: readonly string[];
  }
>;

/** Of the source: the target could not take it; it goes on as it was. `because` is the code of the refusal. */
export type MergeRefused = DomainEvent<
  'MergeRefused',
  { readonly mergeId: string; readonly target: TicketName; readonly because: string }
>;

/** Of the target: a merge was taken back. The messages that came for the group since then go with it. */
export type Released = DomainEvent<
  'Released',
  {
    readonly mergeId: string;
    readonly source: TicketName;
    readonly group: readonly string[];
    /** Event ids of the messages that were addressed to the group. */
    readonly messages: readonly string[];
    /** What the target loses: that of the group and `messages`. */
    readonly messageCount: number;
    readonly noteCount: number;
    /** What the target still waits for, and what the source takes along. */
    readonly waitingSince: string | null;
    readonly sourceWaitingSince: string | null;
  }
>;

/** Of the source: it is a ticket of its own again, where it was before, with the messages that came for it meanwhile. */
export type Unmerged = DomainEvent<
  'Unmerged',
  {
    readonly mergeId: string;
    readonly target: TicketName;
    readonly from: TicketStatus;
    readonly group: readonly string[];
    readonly messages: readonly string[];
    readonly waitingSince: string | null;
    readonly status: TicketStatus;
    readonly until: string | null;
    readonly closeAt: string | null;
  }
>;

/** Of the ticket that was split: these messages go on in a new ticket; here they stay visible as moved. */
export type TicketSplit = DomainEvent<
  'TicketSplit',
  {
    readonly into: TicketName;
    readonly requester: RequesterData;
    readonly subject: Personal;
    readonly channel: TicketChannel;
    /** Event ids. The texts stay where they are, under the key of the person that they are about. */
    readonly messages: readonly string[];
    readonly messageCount: number;
    readonly noteCount: number;
    /** The oldest unanswered message that the ticket still shows, that is its own, and that the new one takes along. */
    readonly waitingSince: string | null;
    readonly ownWaitingSince: string | null;
    readonly takenWaitingSince: string | null;
  }
>;

/** Of the new ticket: it shows these messages of another one. */
export type MessagesTaken = DomainEvent<
  'MessagesTaken',
  {
    readonly origin: TicketName;
    readonly messages: readonly string[];
    readonly messageCount: number;
    readonly noteCount: number;
    readonly waitingSince: string | null;
  }
>;

export type MergingEvent =
  MergeRequested | Absorbed | Merged | MergeRefused | Released | Unmerged | TicketSplit | MessagesTaken;
