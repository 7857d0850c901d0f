import type { Personal, Recorded } from '@ledgerdesk/kernel';
import { readable, readableField } from './ticket-view.fold.js';
import type { FieldChange, TimelineEntry } from './ticket-view.js';
import type { Classification, ImportedFields, Owner, TicketEvent } from './ticket.events.js';
import { statusAfter } from './ticket.evolve.js';

/** The line of a ticket's story that an event makes. Total; the same event always makes the same line. */
export function timelineEntry(event: Recorded<TicketEvent>, ticketId: string): TimelineEntry {
  const fact: TimelineEntry = {
    id: event.id,
    ticketId,
    revision: event.revision,
    kind: 'fact',
    type: event.type,
    actor: event.metadata.actor,
    cause: event.metadata.cause,
    at: event.metadata.occurredAt,
    recordedAt: event.metadata.recordedAt,
    imported: event.metadata.imported === 'true',
    text: null,
    erased: false,
    channel: null,
    handoff: null,
    addressedTo: null,
    movedTo: null,
    changes: [],
  };
  switch (event.type) {
    case 'TicketOpened':
      return event.data.body === null
        ? { ...fact, channel: event.data.channel, ...written(event.data.subject) }
        : { ...fact, kind: 'customer_message', channel: event.data.channel, ...written(event.data.body) };
    case 'CustomerMessageReceived':
      return {
        ...fact,
        kind: 'customer_message',
        channel: event.data.channel,
        addressedTo: event.data.addressedTo ?? null,
        ...written(event.data.body),
      };
    case 'PublicReplySent':
      return { ...fact, kind: 'public_reply', ...written(event.data.body) };
    case 'NoteAdded':
      return { ...fact, kind: 'note', ...written(event.data.body) };
    case 'TicketHandedOff': {
      const { done, next, watch, assigneeId, from } = event.data;
      return {
        ...fact,
        kind: 'handoff',
        erased: readable(done) === null,
        handoff: { done: readable(done), next: readable(next), watch: readable(watch), assigneeId },
        changes: [{ field: 'assigneeId', from, to: assigneeId }],
      };
    }
    case 'TicketAssigned': {
      const { reason } = event.data;
      return { ...fact, ...(reason === null ? {} : written(reason)), changes: changesOf(event) };
    }
    default:
      return { ...fact, changes: changesOf(event) };
  }
}

function written(text: Personal): Pick<TimelineEntry, 'text' | 'erased'> {
  const read = readable(text);
  return { text: read, erased: read === null };
}

/** The fields that a fact changed. Former texts are not known to it: they stand in the event before. */
function changesOf(event: TicketEvent): readonly FieldChange[] {
  switch (event.type) {
    case 'TicketAssigned':
      return differences(['assigneeId', 'teamId'], event.data.from, event.data);
    case 'TicketCategorised':
      return differences(['category', 'subcategory'], event.data.from, event.data);
    case 'TicketPrioritised':
      return [{ field: 'priority', from: event.data.from, to: event.data.priority }];
    case 'TicketRenamed':
      return [{ field: 'subject', from: null, to: readable(event.data.subject) }];
    case 'TicketTagged':
      return event.data.tags.map((tag) => ({ field: 'tag', from: null, to: tag }));
    case 'TicketUntagged':
      return event.data.tags.map((tag) => ({ field: 'tag', from: tag, to: null }));
    case 'CustomFieldSet': {
      const { field, value } = event.data;
      return [{ field: `field:${field}`, from: null, to: value === null ? null : readableField(value) }];
    }
    case 'TicketLinked':
      return [{ field: `link:${event.data.relation}`, from: null, to: event.data.otherTicketId }];
    case 'TicketUnlinked':
      return [{ field: `link:${event.data.relation}`, from: event.data.otherTicketId, to: null }];
    case 'MergeRequested':
    case 'MergeRefused':
      return [{ field: 'merge', from: null, to: event.data.target.number }];
    case 'Merged':
      return [...statusChanges(event), { field: 'merge', from: null, to: event.data.target.number }];
    case 'Unmerged':
      return [...statusChanges(event), { field: 'merge', from: event.data.target.number, to: null }];
    case 'Absorbed':
      return event.data.group.map(({ number }) => ({ field: 'absorbed', from: null, to: number }));
    case 'Released':
      return [{ field: 'absorbed', from: event.data.source.number, to: null }];
    case 'TicketSplit':
      return [{ field: 'split', from: null, to: event.data.into.number }];
    case 'MessagesTaken':
      return [{ field: 'taken', from: null, to: event.data.origin.number }];
    case 'ImportRecorded': {
      const fields = Object.keys(event.data.changed) as (keyof ImportedFields)[];
      return differences(fields, event.data.from, event.data.changed);
    }
    default:
      return statusChanges(event);
  }
}

function statusChanges(event: TicketEvent): readonly FieldChange[] {
  const to = statusAfter(event);
  if (to === undefined || !('from' in event.data) || typeof event.data.from !== 'string') return [];
  const status = { field: 'status', from: event.data.from, to };
  const until = to === 'pending' && 'until' in event.data ? event.data.until : null;
  return until === null ? [status] : [status, { field: 'pendingUntil', from: null, to: until }];
}

type Fields = Partial<ImportedFields & Owner & Classification>;

function differences(names: readonly (keyof Fields)[], before: Fields, after: Fields): readonly FieldChange[] {
  return names
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
    .filter(({ from, to }) => from !== to);
}
