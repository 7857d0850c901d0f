import { LIMITS, subjectText } from './ticket-text.js';
import type { TicketSplit } from './ticket-merging.events.js';
import type { MergedTicket, TicketName } from './ticket-parties.js';
import type { TicketChannel, TicketRequester } from './ticket.js';

/** The target of a merge, with its requester: merging what two people wrote has to be confirmed. */
export interface MergeTarget extends TicketName {
  readonly customerId: string;
}

/** The first step of a merge, on the source. */
export class RequestMerge {
  constructor(
    readonly ticketId: string,
    readonly mergeId: string,
    readonly target: MergeTarget,
    /** The writer knows that the requesters differ. */
    readonly confirmed: boolean,
  ) {}
}

/** What the source passes on; fixed, because the source is read-only while it is merged. Instants in milliseconds. */
export interface Absorption {
  readonly mergeId: string;
  readonly group: readonly MergedTicket[];
  readonly messages: number;
  readonly notes: number;
  readonly waitingSince: number | null;
}

/** The second step, on the target. */
export class AbsorbTicket {
  constructor(
    readonly ticketId: string,
    readonly absorption: Absorption,
  ) {}
}

/** The last step, on the source. Quiet when that merge is not under way. */
export class CompleteMerge {
  constructor(
    readonly ticketId: string,
    readonly mergeId: string,
  ) {}
}

/** The last step when the target refused. */
export class RefuseMerge {
  constructor(
    readonly ticketId: string,
    readonly mergeId: string,
    readonly because: string,
  ) {}
}

/** The first step of an unmerge, on the target. */
export class ReleaseTicket {
  constructor(
    readonly ticketId: string,
    readonly sourceId: string,
    /** Event ids of the messages that came for the source since, as read at version `seen`. */
    readonly messages: readonly string[],
    readonly seen: number,
    /** Clears away what a merge left that was refused in the end: no rule of the unmerge applies. */
    readonly compensatesFor?: string,
  ) {}
}

/** The last step of an unmerge, on the source; it tells what the target released. */
export class CompleteUnmerge {
  constructor(
    readonly ticketId: string,
    readonly mergeId: string,
    readonly messages: readonly string[],
    readonly waitingSince: string | null,
  ) {}
}

export interface SplitOff {
  readonly into: TicketName;
  readonly subject: string;
  readonly channel: TicketChannel;
  readonly requester: TicketRequester & { readonly name: string | null; readonly address: string | null };
  /** Event ids, all of the ticket's own stream and all of messages: who makes the command has looked. */
  readonly messages: readonly string[];
  readonly messageCount: number;
  readonly noteCount: number;
  /** Instants in RFC 3339 UTC of the ticket's oldest unanswered message that stays, and of the oldest that goes. */
  readonly ownWaitingSince: string | null;
  readonly takenWaitingSince: string | null;
  /** Version at which all this was read. */
  readonly seen: number;
}

/** Messages of a ticket go on in a new one. */
export class SplitTicket {
  readonly subject: string;
  constructor(
    readonly ticketId: string,
    readonly off: SplitOff,
  ) {
    this.subject = subjectText([...off.subject].slice(0, LIMITS.subject).join(''));
  }
}

/** The second step of a split, on the new ticket: everything stands in the event of the first. */
export class OpenSplitTicket {
  readonly ticketId: string;
  constructor(
    readonly origin: TicketName,
    readonly split: TicketSplit['data'],
  ) {
    this.ticketId = split.into.ticketId;
  }
}

export type MergingCommand =
  | RequestMerge
  | AbsorbTicket
  | CompleteMerge
  | RefuseMerge
  | ReleaseTicket
  | CompleteUnmerge
  | SplitTicket
  | OpenSplitTicket;
