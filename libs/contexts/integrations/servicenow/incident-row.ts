import type { TicketChannel, TicketPriority, TicketStatus } from '@ledgerdesk/tickets';
import { ImportRefused } from './import-refused.js';
import { SkippedTime } from './local-times.js';
import { CHANNEL_OF_CONTACT, PRIORITY_OF_RANK, STATUS_OF_STATE } from './words.js';

/** How an incident stood after one change of it; null is what the file calls `?`. Instants are milliseconds since the epoch. */
export interface IncidentRow {
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** `INC…` */
  readonly number: string;
  readonly openedAt: number;
  readonly updatedAt: number;
  /** Counts the changes of an incident in the order in which ServiceNow made them. */
  readonly modification: number;
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
  readonly channel: TicketChannel;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly symptom: string | null;
  readonly caller: string | null;
  readonly group: string | null;
  readonly assignee: string | null;
}

/** A row that is not taken over. */
export interface RejectedRow {
  readonly line: number;
  /** A sentence. */
  readonly reason: string;
}

/** The columns that are read. */
export const INCIDENT_COLUMNS = [
  'number',
  'incident_state',
  'sys_mod_count',
  'caller_id',
  'opened_at',
  'sys_updated_at',
  'contact_type',
  'category',
  'subcategory',
  'u_symptom',
  'priority',
  'assignment_group',
  'assigned_to',
] as const;
type Column = (typeof INCIDENT_COLUMNS)[number];

const LONGEST = 100;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\uFFFD]/u;
const NUMBER = /^[A-Z]{2,8}\d{1,12}$/;
const COUNT = /^\d{1,6}$/;

class Unacceptable extends Error {}

/**
 * A reader of rows under this header. The columns may stand in any order, among any others.
 * @param times what `localTimes` gives
 * @throws ImportRefused when a column is missing; the reader, when the clock of the time zone never showed a row's time
 */
export function incidentReader(
  header: readonly string[],
  times: (text: string) => number | undefined,
): (cells: readonly string[], line: number) => IncidentRow | RejectedRow {
  const places = placesOf(header);
  const cleaned = texts();

  return (cells, line) => {
    if (cells.length !== header.length) {
      return { line, reason: `It has ${String(cells.length)} columns instead of ${String(header.length)}.` };
    }
    const cell = (column: Column): string => cells[places[column]] ?? '';
    const text = (column: Column): string | null => cleaned(column, cell(column));
    const instant = (column: Column): number => times(cell(column)) ?? refuse(column, cell(column));
    try {
      return {
        line,
        number: NUMBER.test(cell('number')) ? cell('number') : refuse('number', cell('number')),
        openedAt: instant('opened_at'),
        updatedAt: instant('sys_updated_at'),
        modification: COUNT.test(cell('sys_mod_count'))
          ? Number(cell('sys_mod_count'))
          : refuse('sys_mod_count', cell('sys_mod_count')),
        status: STATUS_OF_STATE.get(cell('incident_state')) ?? refuse('incident_state', cell('incident_state')),
        priority: PRIORITY_OF_RANK.get(cell('priority').slice(0, 1)) ?? refuse('priority', cell('priority')),
        channel: CHANNEL_OF_CONTACT.get(cell('contact_type')) ?? 'import',
        category: text('category'),
        // Without its category a subcategory says nothing, and no ticket may have one.
        subcategory: text('category') === null ? null : text('subcategory'),
        symptom: text('u_symptom'),
        caller: text('caller_id'),
        group: text('assignment_group'),
        assignee: text('assigned_to'),
      };
    } catch (error) {
      if (error instanceof Unacceptable) return { line, reason: error.message };
      if (!(error instanceof SkippedTime)) throw error;
      throw new ImportRefused(
        `Line ${String(line)}: ${error.message} Name the zone in which the file was written with --time-zone.`,
      );
    }
  };
}

function placesOf(header: readonly string[]): Readonly<Record<Column, number>> {
  const missing = INCIDENT_COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new ImportRefused(
      `This is no list of incidents from ServiceNow: columns are missing from its first line (${missing.join(', ')}).`,
    );
  }
  return Object.fromEntries(INCIDENT_COLUMNS.map((column) => [column, header.indexOf(column)])) as Record<
    Column,
    number
  >;
}

/** Brings texts into the form in which they are stored. The same few texts stand in thousands of rows and are kept once. */
function texts(): (column: Column, cell: string) => string | null {
  const known = new Map<string, string | null>();
  return (column, cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const text = cell.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
    if (text.length > LONGEST || UNSEEN.test(text)) refuse(column, cell);
    const stored = text === '' || text === '?' ? null : text;
    known.set(cell, stored);
    return stored;
  };
}

function refuse(column: Column, cell: string): never {
  throw new Unacceptable(`${column} can not be "${cell.slice(0, LONGEST)}".`);
}
