import type { ExternalId, TicketName } from './ticket.events.js';
import type { FieldValue, TicketChannel, TicketLink, TicketPriority, TicketStatus } from './ticket.js';

/** A ticket as `GET /tickets/{id}` answers it, now or at any moment. Instants are RFC 3339 UTC. */
export interface TicketView {
  readonly id: string;
  readonly number: number;
  /** Revision of the newest event that it was folded from. */
  readonly version: number;
  /** Null when the person that it was about has been erased. */
  readonly subject: string | null;
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly tags: readonly string[];
  /** The text of an erased person is null. */
  readonly customFields: Readonly<Record<string, FieldValue | null>>;
  readonly channel: TicketChannel;
  readonly requester: {
    readonly customerId: string;
    readonly name: string | null;
    readonly address: string | null;
  };
  /** True when personal texts can no longer be read because their key was destroyed. */
  readonly erased: boolean;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  /** Why it is where it is. */
  readonly assignmentReason: string | null;
  readonly pendingUntil: string | null;
  readonly openedAt: string;
  readonly updatedAt: string;
  readonly solvedAt: string | null;
  readonly closedAt: string | null;
  readonly firstRepliedAt: string | null;
  /** Instant of the oldest customer message that nobody has answered in public; null once the ticket is solved. */
  readonly waitingSince: string | null;
  readonly messageCount: number;
  readonly noteCount: number;
  /** The beginning of the newest message that the customer wrote or saw. */
  readonly preview: string | null;
  readonly links: readonly TicketLink[];
  /** The ticket that it was merged into; it may have been merged itself since. */
  readonly mergedInto: TicketName | null;
  /** Tickets whose stories show in this one. */
  readonly mergedTickets: readonly TicketName[];
  /** Tickets in whose streams messages stand that go on in this one. */
  readonly takenFrom: readonly TicketName[];
  readonly externalId: ExternalId | null;
  readonly imported: boolean;
}

/** A row of the ticket list. */
export type TicketSummary = Omit<
  TicketView,
  | 'subcategory'
  | 'customFields'
  | 'assignmentReason'
  | 'solvedAt'
  | 'closedAt'
  | 'firstRepliedAt'
  | 'noteCount'
  | 'links'
  | 'mergedInto'
  | 'mergedTickets'
  | 'takenFrom'
  | 'imported'
>;

/** One field that a fact changed. `from` is null when it is not known (texts) or there was none. */
export interface FieldChange {
  readonly field: string;
  readonly from: FieldValue | null;
  readonly to: FieldValue | null;
}

export const TIMELINE_KINDS = ['customer_message', 'public_reply', 'note', 'handoff', 'fact'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** One line of a ticket's story: one event. Lines are in the order of `at`, then `ticketId`, then `revision`. */
export interface TimelineEntry {
  /** Id of the event. */
  readonly id: string;
  /** The ticket in whose stream it stands: another one than was asked for when that was merged, or the message moved. */
  readonly ticketId: string;
  readonly revision: number;
  readonly kind: TimelineKind;
  /** Type of the event, e.g. `TicketAssigned`. */
  readonly type: string;
  /** `member:<id>`, `customer:<id>`, `key:<id>` or `system:<job>`. */
  readonly actor: string;
  readonly cause: string;
  /** When it happened; RFC 3339 UTC, like `recordedAt`, when the ledger learned of it. */
  readonly at: string;
  readonly recordedAt: string;
  readonly imported: boolean;
  /** What was written; null for facts and for erased texts. */
  readonly text: string | null;
  readonly erased: boolean;
  readonly channel: TicketChannel | null;
  readonly handoff: {
    readonly done: string | null;
    readonly next: string | null;
    readonly watch: string | null;
    readonly assigneeId: string;
  } | null;
  /** Id of the merged ticket that the message was for. */
  readonly addressedTo: string | null;
  /** The ticket in which the message goes on. */
  readonly movedTo: TicketName | null;
  readonly changes: readonly FieldChange[];
}
