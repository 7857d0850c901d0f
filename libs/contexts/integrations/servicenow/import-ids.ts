import { createHash } from 'node:crypto';
import { nameId } from '@ledgerdesk/kernel';
import { v7 } from 'uuid';
import type { IncidentRow } from './incident-row.js';

/** The system that incidents come from, in external ids and in the causes of events. */
export const SOURCE = 'servicenow';
export const CAUSE = `import:${SOURCE}`;
/** Incidents whose caller is not known share one customer, whose id stands for this. */
export const NO_CALLER = '?';

/** Ids that come out alike in every run, so that nothing is taken over twice. */
export interface ImportIds {
  customer(caller: string): string;
  team(group: string): string;
  member(assignee: string): string;
  /** UUIDv7: tickets sort by the instant (milliseconds since the epoch) at which they were opened. */
  ticket(number: string, openedAt: number): string;
  /** The command that brings something into being; events get their ids from those of commands. */
  creation(id: string): string;
  /** @param repeat how many earlier rows of the incident have the same instant and count */
  row(row: IncidentRow, repeat: number): string;
}

export function importIds(workspaceId: string): ImportIds {
  const named = (...words: readonly string[]): string => nameId('import', workspaceId, SOURCE, ...words);
  return {
    customer: (caller) => named('caller', caller),
    team: (group) => named('group', group),
    member: (assignee) => named('assignee', assignee),
    ticket: (number, openedAt) => v7({ msecs: openedAt, random: hashed(workspaceId, number) }),
    creation: (id) => named('creation', id),
    row: ({ number, updatedAt, modification }, repeat) =>
      named('row', number, String(updatedAt), String(modification), String(repeat)),
  };
}

function hashed(workspaceId: string, number: string): Uint8Array {
  return createHash('sha256')
    .update(JSON.stringify([workspaceId, SOURCE, number]))
    .digest()
    .subarray(0, 16);
}
