import { seenLine } from '@ledgerdesk/kernel';
import { LIMITS, categoryText, fieldName, fieldValue, proseText, subjectText, tagTexts } from './ticket-text.js';
import type {
  PendTicket,
  HoldTicket,
  SolveTicket,
  ReopenTicket,
  CloseTicket,
  MarkSpam,
  TrashTicket,
  RestoreTicket,
  WakeTicket,
} from './ticket-status.commands.js';
import type { RevertChange } from './revert-change.js';
import type { MergingCommand } from './ticket-merging.commands.js';
import type { ExternalId, ImportedFields } from './ticket.events.js';
import type { FieldValue, LinkRelation, TicketChannel, TicketPriority, TicketRequester } from './ticket.js';

export * from './ticket-merging.commands.js';
export * from './ticket-status.commands.js';
export { RevertChange } from './revert-change.js';

export interface NewTicket {
  readonly number: number;
  readonly subject: string;
  readonly body?: string | null;
  readonly channel?: TicketChannel;
  readonly priority?: TicketPriority;
  readonly category?: string | null;
  readonly subcategory?: string | null;
  readonly tags?: readonly string[];
  readonly customFields?: Readonly<Record<string, FieldValue>>;
  readonly requester: TicketRequester & { readonly name?: string | null; readonly address?: string | null };
  readonly externalId?: ExternalId;
  /** The ticket whose closing made this one necessary. */
  readonly followUpOf?: string;
}

/**
 * Every command brings its texts into the form in which they are stored, so a command that exists is well formed; the
 * constructors throw the `invalid` errors of `ticket-text`. Ids are UUIDs, checked where they come in.
 */
export class OpenTicket {
  readonly number: number;
  readonly subject: string;
  readonly body: string | null;
  readonly channel: TicketChannel;
  readonly priority: TicketPriority;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly tags: readonly string[];
  readonly customFields: Readonly<Record<string, FieldValue>>;
  readonly requester: NewTicket['requester'];
  readonly externalId: ExternalId | null;
  readonly followUpOf: string | null;

  constructor(
    readonly ticketId: string,
    ticket: NewTicket,
  ) {
    this.number = ticket.number;
    this.subject = subjectText(ticket.subject);
    this.body = ticket.body == null ? null : proseText(ticket.body, LIMITS.body, 'body');
    this.channel = ticket.channel ?? 'web';
    this.priority = ticket.priority ?? 'normal';
    this.category = categoryText(ticket.category ?? null);
    this.subcategory = categoryText(ticket.subcategory ?? null);
    this.tags = tagTexts(ticket.tags ?? []);
    this.customFields = customFields(ticket.customFields ?? {});
    this.requester = ticket.requester;
    this.externalId = ticket.externalId ?? null;
    this.followUpOf = ticket.followUpOf ?? null;
  }
}

function customFields(fields: Readonly<Record<string, FieldValue>>): Readonly<Record<string, FieldValue>> {
  const kept: [string, FieldValue][] = [];
  for (const [name, value] of Object.entries(fields)) {
    const held = fieldValue(value);
    if (held !== null) kept.push([fieldName(name), held]);
  }
  return Object.fromEntries(kept);
}

/** The requester wrote again: reopens a pending ticket, and a solved one within the reopen window. */
export class ReceiveCustomerMessage {
  readonly body: string;
  constructor(
    readonly ticketId: string,
    body: string,
    readonly channel: TicketChannel = 'web',
    /** The merged ticket that it was for. */
    readonly addressedTo?: string,
  ) {
    this.body = proseText(body, LIMITS.body, 'body');
  }
}

export class SendPublicReply {
  readonly body: string;
  constructor(
    readonly ticketId: string,
    body: string,
    /** Where the ticket goes with the reply, in the same append. */
    readonly then?: PendTicket | SolveTicket,
    /** Messages that the writer knows of: one more, and it is refused. */
    readonly messagesSeen?: number,
  ) {
    this.body = proseText(body, LIMITS.body, 'body');
  }
}

export class AddNote {
  readonly body: string;
  constructor(
    readonly ticketId: string,
    body: string,
  ) {
    this.body = proseText(body, LIMITS.body, 'body');
  }
}

/** An owner that is absent stays as it is; null takes it away. */
export class AssignTicket {
  readonly reason: string | null;
  constructor(
    readonly ticketId: string,
    readonly assigneeId: string | null | undefined,
    readonly teamId?: string | null,
    reason: string | null = null,
  ) {
    const seen = reason === null ? '' : seenLine(reason);
    this.reason = seen === '' ? null : proseText(seen, LIMITS.reason, 'reason');
  }
}

export class RenameTicket {
  readonly subject: string;
  constructor(
    readonly ticketId: string,
    subject: string,
  ) {
    this.subject = subjectText(subject);
  }
}

export class PrioritiseTicket {
  constructor(
    readonly ticketId: string,
    readonly priority: TicketPriority,
  ) {}
}

export class CategoriseTicket {
  readonly category: string | null;
  readonly subcategory: string | null;
  constructor(
    readonly ticketId: string,
    category: string | null,
    subcategory: string | null = null,
  ) {
    this.category = categoryText(category);
    this.subcategory = categoryText(subcategory);
  }
}

export class TagTicket {
  readonly tags: readonly string[];
  constructor(
    readonly ticketId: string,
    tags: readonly string[],
  ) {
    this.tags = tagTexts(tags);
  }
}

export class UntagTicket {
  readonly tags: readonly string[];
  constructor(
    readonly ticketId: string,
    tags: readonly string[],
  ) {
    this.tags = tagTexts(tags);
  }
}

/** A null value takes the field away. */
export class SetCustomField {
  readonly field: string;
  readonly value: FieldValue | null;
  constructor(
    readonly ticketId: string,
    field: string,
    value: FieldValue | null,
  ) {
    this.field = fieldName(field);
    this.value = fieldValue(value);
  }
}

export interface Handoff {
  readonly done: string;
  readonly next: string;
  readonly watch?: string | null;
  readonly assigneeId: string;
}

export class HandOffTicket {
  readonly done: string;
  readonly next: string;
  readonly watch: string | null;
  readonly assigneeId: string;
  constructor(
    readonly ticketId: string,
    handoff: Handoff,
  ) {
    this.done = proseText(handoff.done, LIMITS.handoff, 'handoff');
    this.next = proseText(handoff.next, LIMITS.handoff, 'handoff');
    this.watch = handoff.watch?.trim() ? proseText(handoff.watch, LIMITS.handoff, 'handoff') : null;
    this.assigneeId = handoff.assigneeId;
  }
}

export class LinkTicket {
  constructor(
    readonly ticketId: string,
    readonly otherTicketId: string,
    readonly relation: LinkRelation = 'related',
  ) {}
}

export class UnlinkTicket {
  constructor(
    readonly ticketId: string,
    readonly otherTicketId: string,
    readonly relation: LinkRelation = 'related',
  ) {}
}

/** One row of another system's history: allows any transition, because it already happened. Absent fields stay. */
export class RecordImported {
  constructor(
    readonly ticketId: string,
    readonly fields: Partial<ImportedFields>,
  ) {}
}

/** Says that the key `keyId` was destroyed; a matter of the system, in every status. Quiet when it was said before. */
export class EraseTicketTexts {
  constructor(
    readonly ticketId: string,
    readonly keyId: string,
  ) {}
}

export type TicketCommand =
  | OpenTicket
  | EraseTicketTexts
  | ReceiveCustomerMessage
  | SendPublicReply
  | AddNote
  | AssignTicket
  | RenameTicket
  | PrioritiseTicket
  | CategoriseTicket
  | TagTicket
  | UntagTicket
  | SetCustomField
  | PendTicket
  | HoldTicket
  | SolveTicket
  | ReopenTicket
  | CloseTicket
  | MarkSpam
  | TrashTicket
  | RestoreTicket
  | WakeTicket
  | HandOffTicket
  | LinkTicket
  | UnlinkTicket
  | RevertChange
  | RecordImported
  | MergingCommand;
