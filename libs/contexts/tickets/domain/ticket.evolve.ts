import { type EventMetadata, Personal } from '@ledgerdesk/kernel';
import type { FieldData, TicketEvent, TicketOpened } from './ticket.events.js';
import { answered, withUnion } from './ticket-union.js';
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
    case 'Merged':
      return 'merged';
    case 'TicketRestored':
    case 'StatusReverted':
    case 'Unmerged':
      return event.data.status;
    case 'ImportRecorded':
      return event.data.changed.status;
    default:
      return undefined;
  }
}

/** The ticket after an event. Total: an event that makes no sense here changes nothing. */
export function evolve(ticket: Ticket | null, event: TicketEvent, metadata: EventMetadata): Ticket | null {
  const at = Date.parse(metadata.occurredAt);
  if (event.type === 'TicketOpened') return opened(event, at);
  if (ticket === null) return null;
  const status = statusAfter(event);
  const next = withUnion({ ...withFields(ticket, event), version: ticket.version + 1 }, event, at);
  return status === undefined ? next : withStatus(next, event, status, at);
}

function opened({ data }: TicketOpened, at: number): Ticket {
  return {
    id: data.ticketId,
    number: data.number,
    version: 0,
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
    conversation: { messages: data.body === null ? 0 : 1, notes: 0, waitingSince: at },
    merging: null,
    mergedInto: null,
    absorbed: [],
    moved: [],
  };
}

/** A sealed text may arrive as an envelope or as a readable text: either way a decision does not look inside. */
function known(value: FieldData): number | boolean | typeof SEALED {
  return value instanceof Personal || typeof value === 'object' ? SEALED : value;
}

function withStatus(ticket: Ticket, event: TicketEvent, status: TicketStatus, at: number): Ticket {
  const removed = isRemoved(status);
  const wasRemoved = isRemoved(ticket.status);
  const away = removed || status === 'merged';
  return {
    ...(status === 'solved' || status === 'closed' ? answered(ticket) : ticket),
    status,
    formerStatus: removed ? (wasRemoved ? ticket.formerStatus : ticket.status) : null,
    removedAt: removed ? (wasRemoved ? ticket.removedAt : at) : null,
    ...solvedPeriods(ticket, event, status),
    // Spam, trash and merged tickets keep what a return needs.
    pendingUntil: away && event.type !== 'StatusReverted' ? ticket.pendingUntil : untilOf(event),
  };
}

/** Kept in spam, trash and merged: the way back needs them. A history of another system sets none. */
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
  if (isRemoved(status) || status === 'merged' || status === 'solved')
    return { reopenUntil: ticket.reopenUntil, closeAt: ticket.closeAt };
  return { reopenUntil: null, closeAt: null };
}

const WAITS = new Set<TicketEvent['type']>(['TicketPended', 'TicketRestored', 'StatusReverted', 'Unmerged']);

function untilOf(event: TicketEvent): number | null {
  return WAITS.has(event.type) && 'until' in event.data ? instantOf(event.data.until) : null;
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
    case 'TicketSplit':
      return { ...ticket, links: [...ticket.links, { ticketId: event.data.into.ticketId, relation: 'related' }] };
    case 'MessagesTaken':
      return { ...ticket, links: [...ticket.links, { ticketId: event.data.origin.ticketId, relation: 'related' }] };
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
