import type { TimelineEntry } from '@ledgerdesk/web-api';

const MINUTE = 60_000;
const OWN = 24 * 60 * MINUTE;
const OTHERS = 10 * MINUTE;

/** What the api can take back; it decides in the end, this only says what to offer. */
const TYPES = new Set([
  'TicketAssigned',
  'TicketRenamed',
  'TicketPrioritised',
  'TicketCategorised',
  'TicketTagged',
  'TicketUntagged',
  'CustomFieldSet',
  'TicketPended',
  'TicketHeld',
  'TicketSolved',
  'TicketReopened',
  'TicketMarkedSpam',
  'TicketTrashed',
  'TicketRestored',
  'StatusReverted',
]);

/** Whether an undo of this entry is worth offering. @param me id of the member @param now milliseconds since the epoch */
export function undoable(entry: TimelineEntry, me: string | undefined, now: number): boolean {
  const byDesk = entry.actor.startsWith('member:') || entry.actor.startsWith('key:');
  if (!TYPES.has(entry.type) || entry.imported || !byDesk) return false;
  return now - Date.parse(entry.recordedAt) <= (entry.actor === `member:${me ?? ''}` ? OWN : OTHERS);
}
