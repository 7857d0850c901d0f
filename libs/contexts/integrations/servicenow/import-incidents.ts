import type { CommandRunner, EventStore } from '@ledgerdesk/event-store';
import { DomainError } from '@ledgerdesk/kernel';
import { ticketDecider, type TicketNumbers } from '@ledgerdesk/tickets';
import { importedBefore, type ImportedBefore } from './imported-before.js';
import { importIds, type ImportIds } from './import-ids.js';
import { inFlight } from './in-flight.js';
import type { Incident, IncidentFile } from './incident-file.js';
import type { RejectedRow } from './incident-row.js';
import { type IncidentStory, incidentStory, type StoryStep, ticketIdOf } from './incident-story.js';
import { registerPeople } from './register-people.js';

export interface ImportTools {
  readonly store: EventStore;
  readonly runner: CommandRunner;
  readonly numbers: Pick<TicketNumbers, 'reserve'>;
  /** Told before the first ticket and after every one: tickets so far, and in all. */
  readonly onProgress?: (tickets: number, all: number) => void;
}

/** Every row of a file is counted once: rows = applied + unchanged + rejected. */
export interface ImportReport {
  readonly rows: number;
  /** Rows whose change stands in the ledger, by this run or an earlier one. */
  readonly applied: number;
  /** Rows that change nothing that a ticket has. */
  readonly unchanged: number;
  readonly rejected: readonly RejectedRow[];
  readonly tickets: {
    readonly opened: number;
    /** Opened by an earlier run. */
    readonly known: number;
  };
}

/** Enough to fill the next batch of appends while one is on its way. */
const AT_A_TIME = 300;

interface Counts {
  applied: number;
  unchanged: number;
  readonly rejected: RejectedRow[];
  opened: number;
  known: number;
}

/**
 * Takes over incidents, each as one ticket in one append, so a ticket is there whole or not at all. What an earlier run has
 * taken over is left as it is; rows that a newer file has in addition are added.
 * @throws the errors of `EventStore`; a repeated run then goes on where this one ended
 */
export async function importIncidents(
  tools: ImportTools,
  workspaceId: string,
  file: IncidentFile,
): Promise<ImportReport> {
  const ids = importIds(workspaceId);
  const before = await importedBefore(tools.store, workspaceId);
  const counts: Counts = { applied: 0, unchanged: 0, rejected: [...file.rejected], opened: 0, known: 0 };
  const incidents = withoutMoved(file.incidents, before, ids, counts).toSorted(byOpening);
  await registerPeople(tools.runner, workspaceId, incidents, ids);

  const added = incidents.filter(({ number }) => !before.tickets.has(number));
  counts.known = incidents.length - added.length;
  const first = added.length === 0 ? 0 : await tools.numbers.reserve(workspaceId, added.length);
  const numbers = new Map(added.map(({ number }, index) => [number, first + index]));
  let done = 0;
  tools.onProgress?.(done, incidents.length);
  await inFlight(incidents, AT_A_TIME, async (incident) => {
    const story = incidentStory(workspaceId, incident, numbers.get(incident.number), ids);
    counts.unchanged += incident.rows.length - story.steps.length;
    const isThere = await record(tools.runner, story, before, counts);
    if (isThere && numbers.has(incident.number)) counts.opened += 1;
    done += 1;
    tools.onProgress?.(done, incidents.length);
  });
  const { applied, unchanged, opened, known } = counts;
  const rejected = counts.rejected.toSorted((a, b) => a.line - b.line);
  return { rows: file.rows, applied, unchanged, rejected, tickets: { opened, known } };
}

/** The id of a ticket holds the instant of its opening: with another one the incident would be taken over a second time. */
function withoutMoved(
  incidents: readonly Incident[],
  before: ImportedBefore,
  ids: ImportIds,
  { rejected }: Counts,
): readonly Incident[] {
  return incidents.filter((incident) => {
    const known = before.tickets.get(incident.number);
    if (known === undefined || known === ticketIdOf(incident, ids)) return true;
    const reason = `${incident.number} was imported before with another time of opening: was --time-zone the same then?`;
    rejected.push(...incident.rows.map(({ line }) => ({ line, reason })));
    return false;
  });
}

/** Answers whether the ticket is there afterwards. */
async function record(
  runner: CommandRunner,
  { steps }: IncidentStory,
  before: ImportedBefore,
  counts: Counts,
): Promise<boolean> {
  const isKnown = ({ issued }: StoryStep): boolean => before.commands.has(issued.at(-1)?.context.commandId ?? '');
  const last = steps.findLastIndex(isKnown);
  for (const step of steps.slice(0, last + 1)) {
    if (isKnown(step)) counts.applied += 1;
    else counts.rejected.push({ line: step.row.line, reason: 'Later rows of this incident were imported before.' });
  }
  const fresh = steps.slice(last + 1);
  const issued = fresh.flatMap((step) => step.issued);
  if (issued.length === 0) return true;
  try {
    const { events } = await runner.runAll(ticketDecider, issued, { lane: 'bulk' });
    const told = new Set(events.map(({ metadata }) => metadata.commandId));
    for (const step of fresh) {
      const applied = step.issued.some(({ context }) => told.has(context.commandId));
      counts[applied ? 'applied' : 'unchanged'] += 1;
    }
    return true;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    counts.rejected.push(...fresh.map(({ row: { line } }) => ({ line, reason: error.message })));
    return false;
  }
}

function byOpening(a: Incident, b: Incident): number {
  return a.rows[0].openedAt - b.rows[0].openedAt || (a.number < b.number ? -1 : 1);
}
