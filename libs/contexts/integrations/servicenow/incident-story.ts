import type { IssuedCommand } from '@ledgerdesk/event-store';
import type { CommandContext } from '@ledgerdesk/kernel';
import { type ImportedFields, OpenTicket, RecordImported, type TicketCommand } from '@ledgerdesk/tickets';
import type { Incident } from './incident-file.js';
import type { IncidentRow } from './incident-row.js';
import { CAUSE, type ImportIds, NO_CALLER, SOURCE } from './import-ids.js';

export const NO_CALLER_NAME = 'Unknown caller';

type Issued = IssuedCommand<TicketCommand>;

/** A row that changes the ticket. */
export interface StoryStep {
  readonly row: IncidentRow;
  /** For the first row: the opening, and what the row says beyond it. */
  readonly issued: readonly Issued[];
}

/** An incident as commands for one ticket. */
export interface IncidentStory {
  readonly ticketId: string;
  readonly steps: readonly StoryStep[];
}

/** Whoever the rows name first as caller has the ticket, also when a later row names another. */
export function callerOf({ rows }: Incident): string {
  return rows.find(({ caller }) => caller !== null)?.caller ?? NO_CALLER;
}

/** The id of an incident's ticket. */
export function ticketIdOf({ number, rows: [first] }: Incident, ids: ImportIds): string {
  return ids.ticket(number, first.openedAt);
}

/**
 * What happened to an incident, as commands that each leave an event: rows that change nothing are left out.
 * @param ticketNumber of a ticket that is not there yet
 */
export function incidentStory(
  workspaceId: string,
  incident: Incident,
  ticketNumber: number | undefined,
  ids: ImportIds,
): IncidentStory {
  const ticketId = ticketIdOf(incident, ids);
  const correlationId = ids.creation(ticketId);
  const issue = (command: TicketCommand, commandId: string, at: number): Issued => ({
    command,
    context: {
      ...importContext(workspaceId, commandId, correlationId, at),
      ...(ticketNumber !== undefined && { newAggregate: ticketId }),
    },
  });
  const repeats = new Map<string, number>();
  const steps: StoryStep[] = [];
  let before: ImportedFields | undefined;
  for (const row of incident.rows) {
    const place = `${String(row.updatedAt)} ${String(row.modification)}`;
    const repeat = repeats.get(place) ?? 0;
    repeats.set(place, repeat + 1);
    const fields = fieldsOf(row, ids);
    const issued: Issued[] = [];
    if (!before) {
      const open = opening(ticketId, incident, ticketNumber ?? 0, ids);
      issued.push(issue(open, correlationId, row.openedAt));
      before = atOpening(fields);
    }
    if (differs(before, fields)) {
      issued.push(issue(new RecordImported(ticketId, fields), ids.row(row, repeat), row.updatedAt));
    }
    if (issued.length > 0) steps.push({ row, issued });
    before = fields;
  }
  return { ticketId, steps };
}

/** The context of everything that an import issues. @param at milliseconds since the epoch */
export function importContext(
  workspaceId: string,
  commandId: string,
  correlationId: string,
  at: number,
): CommandContext {
  return {
    workspaceId,
    actor: 'system:import',
    cause: CAUSE,
    commandId,
    correlationId,
    occurredAt: new Date(at).toISOString(),
    imported: true,
  };
}

function opening(ticketId: string, incident: Incident, ticketNumber: number, ids: ImportIds): OpenTicket {
  const [first] = incident.rows;
  const caller = callerOf(incident);
  const customerId = ids.customer(caller);
  const subject = [first.category, first.symptom].filter((text) => text !== null).join(': ');
  return new OpenTicket(ticketId, {
    number: ticketNumber,
    subject: subject === '' ? `Incident ${incident.number}` : subject,
    channel: first.channel,
    priority: first.priority,
    category: first.category,
    subcategory: first.subcategory,
    requester: { customerId, keyId: customerId, name: caller === NO_CALLER ? NO_CALLER_NAME : caller },
    externalId: { source: SOURCE, id: incident.number },
  });
}

function fieldsOf(row: IncidentRow, ids: ImportIds): ImportedFields {
  const { status, priority, category, subcategory, assignee, group } = row;
  return {
    status,
    priority,
    category,
    subcategory,
    assigneeId: assignee === null ? null : ids.member(assignee),
    teamId: group === null ? null : ids.team(group),
  };
}

/** What a ticket is that was only opened, with the priority and category of its first row. */
function atOpening({ priority, category, subcategory }: ImportedFields): ImportedFields {
  return { status: 'new', priority, category, subcategory, assigneeId: null, teamId: null };
}

function differs(before: ImportedFields, after: ImportedFields): boolean {
  return (Object.keys(after) as (keyof ImportedFields)[]).some((field) => before[field] !== after[field]);
}
