import { type EventMetadata, Personal } from '@ledgerdesk/kernel';
import type { FieldData, TicketEvent, TicketOpened } from './ticket.events.js';
import { isRemoved, SEALED, type Ticket, type TicketStatus } from './ticket.js';

/** The status that an event leads to, or undefined when it leaves the status alone. */
export function statusAfter(event: TicketEvent): TicketStatus | undefined {
  switch (event.type) {
    case 'TicketOpened':
      return 'new';
    case 'WorkStarted':
    case 'TicketReopened':
    case 'TicketWoken':
      return 'open';
    case 'TicketPended':
      return 'pending';
    case 'TicketHeld':
      return 'on_hold';
    case 'TicketSolved':
      return 'solved';
    case 'TicketClosed':
      return 'closed';
    case 'TicketMarkedSpam':
      return 'spam';
    case 'TicketTrashed':
      return 'trashed';
    case 'TicketRestored':
    case 'StatusReverted':
      return event.data.status;
    case 'ImportRecorded':
      return event.data.changed.status;
    default:
      return undefined;
  }
}

/** The ticket after an event. Total: an event that makes no sense here changes nothing. */
export function evolve(ticket: Ticket | null, event: TicketEvent, metadata: EventMetadata): Ticket | null {
  if (event.type === 'TicketOpened') return opened(event);
  if (ticket === null) return null;
  const status = statusAfter(event);
  return status === undefined
    ? withFields(ticket, event)
    : withStatus(withFields(ticket, event), event, status, Date.parse(metadata.occurredAt));
}

function opened({ data }: TicketOpened): Ticket {
  return {
    id: data.ticketId,
    number: data.number,
    requester: { customerId: data.requester.customerId, keyId: data.requester.keyId },
    status: 'new',
    formerStatus: null,
    removedAt: null,
    reopenUntil: null,
    closeAt: null,
    pendingUntil: null,
    messages: 0,
    assigneeId: null,
    teamId: null,
    priority: data.priority,
    category: data.category,
    subcategory: data.subcategory,
    tags: data.tags,
    fields: Object.fromEntries(Object.entries(data.customFields).map(([name, value]) => [name, known(value)] as const)),
    links: data.followUpOf === null ? [] : [{ ticketId: data.followUpOf, relation: 'follow_up_of' }],
    erasedKeys: [],
  };
}

/** A sealed text may arrive as an envelope or as a readable text: either way a decision does not look inside. */
function known(value: FieldData): number | boolean | typeof SEALED {
  return value instanceof Personal || typeof value === 'object' ? SEALED : value;
}

function withStatus(ticket: Ticket, event: TicketEvent, status: TicketStatus, at: number): Ticket {
  const removed = isRemoved(status);
  const wasRemoved = isRemoved(ticket.status);
  return {
    ...ticket,
    status,
    formerStatus: removed ? (wasRemoved ? ticket.formerStatus : ticket.status) : null,
    removedAt: removed ? (wasRemoved ? ticket.removedAt : at) : null,
    ...solvedPeriods(ticket, event, status),
    pendingUntil: removed && event.type !== 'StatusReverted' ? ticket.pendingUntil : untilOf(event),
  };
}

/** Kept in spam and trash: a restore needs them. A history of another system sets none. */
function solvedPeriods(
  ticket: Ticket,
  event: TicketEvent,
  status: TicketStatus,
): Pick<Ticket, 'reopenUntil' | 'closeAt'> {
  if (event.type === 'TicketSolved') {
    return { reopenUntil: Date.parse(event.data.reopenUntil), closeAt: Date.parse(event.data.closeAt) };
  }
  if (event.type === 'StatusReverted') {
    return { reopenUntil: instantOf(event.data.reopenUntil), closeAt: instantOf(event.data.closeAt) };
  }
  if (isRemoved(status) || status === 'solved') return { reopenUntil: ticket.reopenUntil, closeAt: ticket.closeAt };
  return { reopenUntil: null, closeAt: null };
}

function untilOf(event: TicketEvent): number | null {
  if (event.type !== 'TicketPended' && event.type !== 'TicketRestored' && event.type !== 'StatusReverted') return null;
  return instantOf(event.data.until);
}

function instantOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

function withFields(ticket: Ticket, event: TicketEvent): Ticket {
  switch (event.type) {
    case 'CustomerMessageReceived':
    case 'PublicReplySent':
      return { ...ticket, messages: ticket.messages + 1 };
    case 'TicketAssigned':
      return { ...ticket, assigneeId: event.data.assigneeId, teamId: event.data.teamId };
    case 'TicketHandedOff':
      return { ...ticket, assigneeId: event.data.assigneeId };
    case 'TicketPrioritised':
      return { ...ticket, priority: event.data.priority };
    case 'TicketCategorised':
      return { ...ticket, category: event.data.category, subcategory: event.data.subcategory };
    case 'TicketTagged':
      return { ...ticket, tags: [...ticket.tags, ...event.data.tags].sort() };
    case 'TicketUntagged':
      return { ...ticket, tags: ticket.tags.filter((tag) => !event.data.tags.includes(tag)) };
    case 'CustomFieldSet':
      return { ...ticket, fields: fieldsAfter(ticket.fields, event.data.field, event.data.value) };
    case 'TicketLinked':
      return {
        ...ticket,
        links: [...ticket.links, { ticketId: event.data.otherTicketId, relation: event.data.relation }],
      };
    case 'TicketUnlinked': {
      const { otherTicketId, relation } = event.data;
      return {
        ...ticket,
        links: ticket.links.filter((link) => link.ticketId !== otherTicketId || link.relation !== relation),
      };
    }
    case 'TicketTextsErased':
      return { ...ticket, erasedKeys: [...ticket.erasedKeys, event.data.keyId] };
    case 'ImportRecorded':
      return { ...ticket, ...event.data.changed };
    default:
      return ticket;
  }
}

function fieldsAfter(fields: Ticket['fields'], field: string, value: FieldData | null): Ticket['fields'] {
  const { [field]: _former, ...others } = fields;
  return value === null ? others : { ...others, [field]: known(value) };
}
