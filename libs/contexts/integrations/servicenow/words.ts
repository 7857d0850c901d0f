import type { TicketChannel, TicketPriority, TicketStatus } from '@ledgerdesk/tickets';

/** What the states of an incident mean here. States that are missing (the export holds a `-100`) are not taken over. */
export const STATUS_OF_STATE: ReadonlyMap<string, TicketStatus> = new Map([
  ['New', 'new'],
  ['Active', 'open'],
  ['Awaiting User Info', 'pending'],
  ['Awaiting Vendor', 'on_hold'],
  ['Awaiting Problem', 'on_hold'],
  ['Awaiting Evidence', 'on_hold'],
  ['Resolved', 'solved'],
  ['Closed', 'closed'],
]);

/** ServiceNow writes the rank of a priority before its name: `3 - Moderate`. */
export const PRIORITY_OF_RANK: ReadonlyMap<string, TicketPriority> = new Map([
  ['1', 'urgent'],
  ['2', 'high'],
  ['3', 'normal'],
  ['4', 'low'],
]);

export const CHANNEL_OF_CONTACT: ReadonlyMap<string, TicketChannel> = new Map([
  ['Phone', 'phone'],
  ['Email', 'email'],
]);
