import { Personal, type Recorded } from '@ledgerdesk/kernel';
import type { FieldData, ImportedFields, TicketEvent, TicketOpened } from './ticket.events.js';
import { statusAfter } from './ticket.evolve.js';
import type { FieldValue, TicketStatus } from './ticket.js';
import { unionValues } from './ticket-view.union.js';
import type { TicketSummary, TicketView } from './ticket-view.js';

const PREVIEW_LENGTH = 160;

/** A personal text as people read it: null once it has been erased. */
export function readable(text: Personal | null): string | null {
  return text !== null && typeof text.text === 'string' ? text.text : null;
}

export function readableField(value: FieldData): FieldValue | null {
  return value instanceof Personal ? readable(value) : value;
}

/**
 * The view after an event: the one fold behind the read model and `?at=`. Total, reads no clock, and its result is plain
 * JSON. Events before `TicketOpened` give undefined.
 */
export function evolveView(view: TicketView | undefined, event: Recorded<TicketEvent>): TicketView | undefined {
  if (event.type === 'TicketOpened') return openedView(event);
  if (view === undefined) return undefined;
  // Nobody worked on it: the ticket keeps its place in every list.
  if (event.type === 'TicketTextsErased') return { ...view, version: event.revision };
  const at = event.metadata.occurredAt;
  const status = statusAfter(event);
  const next: TicketView = {
    ...view,
    ...valuesAfter(view, event),
    version: event.revision,
    updatedAt: at,
  };
  return status === undefined ? next : { ...next, ...statusFields(next, status, event) };
}

/** A ticket as of the last of these events, which are all of its events up to some moment, in order. */
export function ticketView(events: readonly Recorded<TicketEvent>[]): TicketView | undefined {
  return events.reduce<TicketView | undefined>(evolveView, undefined);
}

/** The part of a view that lists show. */
export function summaryOf(view: TicketView): TicketSummary {
  const {
    subcategory: _subcategory,
    customFields: _customFields,
    assignmentReason: _assignmentReason,
    solvedAt: _solvedAt,
    closedAt: _closedAt,
    firstRepliedAt: _firstRepliedAt,
    noteCount: _noteCount,
    links: _links,
    mergedInto: _mergedInto,
    mergedTickets: _mergedTickets,
    takenFrom: _takenFrom,
    imported: _imported,
    ...summary
  } = view;
  return summary;
}

function openedView({ data, metadata, revision }: Recorded<TicketOpened>): TicketView {
  const at = metadata.occurredAt;
  const subject = readable(data.subject);
  return {
    id: data.ticketId,
    number: data.number,
    version: revision,
    subject,
    status: 'new',
    priority: data.priority,
    category: data.category,
    subcategory: data.subcategory,
    tags: data.tags,
    customFields: Object.fromEntries(
      Object.entries(data.customFields).map(([name, value]) => [name, readableField(value)] as const),
    ),
    channel: data.channel,
    requester: {
      customerId: data.requester.customerId,
      name: readable(data.requester.name),
      address: readable(data.requester.address),
    },
    erased: subject === null,
    assigneeId: null,
    teamId: null,
    assignmentReason: null,
    pendingUntil: null,
    openedAt: at,
    updatedAt: at,
    solvedAt: null,
    closedAt: null,
    firstRepliedAt: null,
    waitingSince: at,
    messageCount: data.body === null ? 0 : 1,
    noteCount: 0,
    preview: data.body === null ? null : excerpt(data.body),
    links: data.followUpOf === null ? [] : [{ ticketId: data.followUpOf, relation: 'follow_up_of' }],
    mergedInto: null,
    mergedTickets: [],
    takenFrom: [],
    externalId: data.externalId,
    imported: metadata.imported === 'true',
  };
}

/** The beginning of a text on one line, never cut inside a character. */
function excerpt(text: Personal): string | null {
  const whole = readable(text);
  if (whole === null) return null;
  const line = whole
    .slice(0, 4 * PREVIEW_LENGTH)
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line.length <= PREVIEW_LENGTH) return line;
  const cut = line.slice(0, PREVIEW_LENGTH);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

function statusFields(view: TicketView, status: TicketStatus, event: Recorded<TicketEvent>): Partial<TicketView> {
  if (event.type === 'StatusReverted') {
    const { until, solvedAt, waitingSince } = event.data;
    return { status, waitingSince, pendingUntil: until, solvedAt, closedAt: null };
  }
  const at = event.metadata.occurredAt;
  const removed = status === 'spam' || status === 'trashed';
  const restored = event.type === 'TicketRestored' || event.type === 'Unmerged';
  const until = event.type === 'TicketPended' || restored ? event.data.until : null;
  const solvedAt = status === 'solved' && !restored ? at : view.solvedAt;
  const done = status === 'solved' || status === 'closed';
  return {
    status,
    waitingSince: done ? null : view.waitingSince,
    pendingUntil: removed || status === 'merged' ? view.pendingUntil : until,
    solvedAt: done || removed || status === 'merged' ? solvedAt : null,
    closedAt: status === 'closed' ? at : null,
  };
}

function valuesAfter(view: TicketView, event: Recorded<TicketEvent>): Partial<TicketView> {
  const at = event.metadata.occurredAt;
  switch (event.type) {
    case 'CustomerMessageReceived':
      return {
        messageCount: view.messageCount + 1,
        waitingSince: view.waitingSince ?? at,
        preview: excerpt(event.data.body),
      };
    case 'PublicReplySent':
      return {
        messageCount: view.messageCount + 1,
        waitingSince: null,
        firstRepliedAt: view.firstRepliedAt ?? at,
        preview: excerpt(event.data.body),
      };
    case 'NoteAdded':
      return { noteCount: view.noteCount + 1 };
    case 'TicketHandedOff':
      return { noteCount: view.noteCount + 1, assigneeId: event.data.assigneeId, assignmentReason: null };
    case 'TicketAssigned': {
      const { assigneeId, teamId, reason } = event.data;
      return { assigneeId, teamId, assignmentReason: readable(reason) };
    }
    case 'TicketRenamed': {
      const subject = readable(event.data.subject);
      return { subject, erased: view.erased || subject === null };
    }
    case 'TicketPrioritised':
      return { priority: event.data.priority };
    case 'TicketCategorised':
      return { category: event.data.category, subcategory: event.data.subcategory };
    case 'TicketTagged':
      return { tags: [...view.tags, ...event.data.tags].sort() };
    case 'TicketUntagged':
      return { tags: view.tags.filter((tag) => !event.data.tags.includes(tag)) };
    case 'CustomFieldSet':
      return { customFields: customFieldsAfter(view.customFields, event.data.field, event.data.value) };
    case 'TicketLinked': {
      const { otherTicketId, relation } = event.data;
      return { links: [...view.links, { ticketId: otherTicketId, relation }] };
    }
    case 'TicketUnlinked': {
      const { otherTicketId, relation } = event.data;
      return { links: view.links.filter((link) => link.ticketId !== otherTicketId || link.relation !== relation) };
    }
    case 'ImportRecorded':
      return importedValues(event.data.changed);
    default:
      return unionValues(view, event);
  }
}

function importedValues(changed: Partial<ImportedFields>): Partial<TicketView> {
  const { status: _status, ...values } = changed;
  return values;
}

function customFieldsAfter(
  fields: TicketView['customFields'],
  field: string,
  value: FieldData | null,
): TicketView['customFields'] {
  const { [field]: _former, ...others } = fields;
  return value === null ? others : { ...others, [field]: readableField(value) };
}
