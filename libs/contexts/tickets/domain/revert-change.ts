import type { FieldValue, TicketPriority, TicketStatus } from './ticket.js';

/** A status as it was, with the instants that belonged to it (RFC 3339 UTC). */
export interface FormerStatus {
  readonly status: TicketStatus;
  readonly until: string | null;
  readonly reopenUntil: string | null;
  readonly closeAt: string | null;
  readonly solvedAt: string | null;
  readonly waitingSince: string | null;
}

/** What the fields that a change has set were before it; fields that it left alone are absent. */
export interface FormerValues {
  readonly status?: FormerStatus;
  readonly assigneeId?: string | null;
  readonly teamId?: string | null;
  /** Why it belonged to whom it belonged then. */
  readonly reason?: string | null;
  readonly priority?: TicketPriority;
  readonly category?: string | null;
  readonly subcategory?: string | null;
  readonly subject?: string;
  /** Whether each tag was there. */
  readonly tags?: Readonly<Record<string, boolean>>;
  /** null: the field was not there. */
  readonly fields?: Readonly<Record<string, FieldValue | null>>;
}

/** Sets fields back to what they were. `undoing` makes it; nothing else should, because a decision can not look into the past. */
export class RevertChange {
  constructor(
    readonly ticketId: string,
    readonly back: FormerValues,
    /** Messages that the ticket had when it was looked at: who waits for an answer depends on them. */
    readonly messages: number,
  ) {}
}

type Fields = Readonly<Record<string, unknown>>;

/** The same values in the words of `sets`. */
export function revertedFields({ status, reason: _reason, tags = {}, fields = {}, ...plain }: FormerValues): Fields {
  return {
    ...plain,
    ...(status && { status: status.status, pendingUntil: status.until }),
    ...named('tag', tags),
    ...named('field', fields),
  };
}

function named(kind: string, values: Fields): Fields {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${kind}:${name}`, value] as const));
}
