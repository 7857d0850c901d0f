import { type DecisionContext, DomainError } from '@ledgerdesk/kernel';
import { seal, sealedField } from './decide-messages.js';
import { refuseUnlessActive, started } from './ticket-rules.js';
import { LIMITS } from './ticket-text.js';
import type {
  AssignTicket,
  CategoriseTicket,
  EraseTicketTexts,
  LinkTicket,
  PrioritiseTicket,
  RecordImported,
  RenameTicket,
  SetCustomField,
  TagTicket,
  UnlinkTicket,
  UntagTicket,
} from './ticket.commands.js';
import type { ImportedFields, TicketEvent } from './ticket.events.js';
import type { Ticket } from './ticket.js';

type Decision = readonly TicketEvent[];

export function assign(command: AssignTicket, ticket: Ticket, context: DecisionContext): Decision {
  refuseUnlessActive(ticket);
  const assigneeId = command.assigneeId === undefined ? ticket.assigneeId : command.assigneeId;
  const teamId = command.teamId === undefined ? ticket.teamId : command.teamId;
  if (assigneeId === ticket.assigneeId && teamId === ticket.teamId) return [];
  const data = {
    assigneeId,
    teamId,
    reason: command.reason === null ? null : seal(ticket, command.reason),
    from: { assigneeId: ticket.assigneeId, teamId: ticket.teamId },
  };
  return started([{ type: 'TicketAssigned', data }], ticket, context);
}

/** Never quiet: the former subject is sealed, and a decision does not open it. */
export function rename({ subject }: RenameTicket, ticket: Ticket, context: DecisionContext): Decision {
  refuseUnlessActive(ticket);
  return started([{ type: 'TicketRenamed', data: { subject: seal(ticket, subject) } }], ticket, context);
}

export function prioritise({ priority }: PrioritiseTicket, ticket: Ticket, context: DecisionContext): Decision {
  refuseUnlessActive(ticket);
  if (priority === ticket.priority) return [];
  return started([{ type: 'TicketPrioritised', data: { priority, from: ticket.priority } }], ticket, context);
}

export function categorise(command: CategoriseTicket, ticket: Ticket, context: DecisionContext): Decision {
  refuseUnlessActive(ticket);
  const { category, subcategory } = command;
  if (subcategory !== null && category === null) {
    throw new DomainError('invalid', 'ticket.subcategory-alone', 'A subcategory needs a category.');
  }
  if (category === ticket.category && subcategory === ticket.subcategory) return [];
  const from = { category: ticket.category, subcategory: ticket.subcategory };
  return started([{ type: 'TicketCategorised', data: { category, subcategory, from } }], ticket, context);
}

export function tag(command: TagTicket, ticket: Ticket, context: DecisionContext): Decision {
  refuseUnlessActive(ticket);
  const tags = command.tags.filter((added) => !ticket.tags.includes(added));
  if (tags.length === 0) return [];
  if (ticket.tags.length + tags.length > LIMITS.tags) {
    throw new DomainError('invalid', 'ticket.too-many-tags', 'At most 20 tags.');
  }
  return started([{ type: 'TicketTagged', data: { tags } }], ticket, context);
}

export function untag(command: UntagTicket, ticket: Ticket, context: DecisionContext): Decision {
  refuseUnlessActive(ticket);
  const tags = command.tags.filter((removed) => ticket.tags.includes(removed));
  return tags.length === 0 ? [] : started([{ type: 'TicketUntagged', data: { tags } }], ticket, context);
}

/** Quiet for equal numbers and booleans; texts are sealed and therefore always written. */
export function setField({ field, value }: SetCustomField, ticket: Ticket, context: DecisionContext): Decision {
  refuseUnlessActive(ticket);
  const present = Object.hasOwn(ticket.fields, field);
  if ((present ? ticket.fields[field] : null) === value) return [];
  if (!present && Object.keys(ticket.fields).length >= LIMITS.fields) {
    throw new DomainError('invalid', 'ticket.too-many-fields', 'At most 50 fields.');
  }
  const held = value === null ? null : sealedField(ticket.requester.keyId, value);
  return started([{ type: 'CustomFieldSet', data: { field, value: held } }], ticket, context);
}

export function link({ otherTicketId, relation }: LinkTicket, ticket: Ticket, context: DecisionContext): Decision {
  refuseUnlessActive(ticket);
  if (otherTicketId === ticket.id) {
    throw new DomainError('invalid', 'ticket.link-self', 'A ticket can not be linked to itself.');
  }
  if (isLinked(ticket, otherTicketId, relation)) return [];
  if (ticket.links.length >= LIMITS.links) {
    throw new DomainError('invalid', 'ticket.too-many-links', 'At most 50 links.');
  }
  return started([{ type: 'TicketLinked', data: { otherTicketId, relation } }], ticket, context);
}

export function unlink({ otherTicketId, relation }: UnlinkTicket, ticket: Ticket, context: DecisionContext): Decision {
  refuseUnlessActive(ticket);
  if (!isLinked(ticket, otherTicketId, relation)) return [];
  return started([{ type: 'TicketUnlinked', data: { otherTicketId, relation } }], ticket, context);
}

function isLinked(ticket: Ticket, otherTicketId: string, relation: string): boolean {
  return ticket.links.some((known) => known.ticketId === otherTicketId && known.relation === relation);
}

/** No rule of the desk applies to what happened elsewhere; only what did change is written. */
export function recordImported({ fields }: RecordImported, ticket: Ticket): Decision {
  const changed: Record<string, unknown> = {};
  const from: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const former = ticket[name as keyof ImportedFields];
    if (former === value) continue;
    changed[name] = value;
    from[name] = former;
  }
  return Object.keys(changed).length === 0 ? [] : [{ type: 'ImportRecorded', data: { changed, from } }];
}

export function eraseTexts({ keyId }: EraseTicketTexts, ticket: Ticket): readonly TicketEvent[] {
  return ticket.erasedKeys.includes(keyId) ? [] : [{ type: 'TicketTextsErased', data: { keyId } }];
}
