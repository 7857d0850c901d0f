import type { TicketStatus, TicketSummary } from '@ledgerdesk/web-api';
import type { IconName } from '@ledgerdesk/web-ui';

export type StandardView =
  'mine' | 'unassigned' | 'all_open' | 'pending' | 'on_hold' | 'solved' | 'closed' | 'spam' | 'trashed';

/** A view as the list of views shows it. */
export interface ViewEntry {
  readonly key: StandardView;
  readonly icon: IconName;
  /** Drawn apart from the others, at the end. */
  readonly aside: boolean;
}

export const STANDARD_VIEWS: readonly ViewEntry[] = [
  { key: 'mine', icon: 'assignment_ind', aside: false },
  { key: 'unassigned', icon: 'inbox', aside: false },
  { key: 'all_open', icon: 'adjust', aside: false },
  { key: 'pending', icon: 'schedule', aside: false },
  { key: 'on_hold', icon: 'pause_circle', aside: false },
  { key: 'solved', icon: 'check_circle', aside: false },
  { key: 'closed', icon: 'lock', aside: false },
  { key: 'spam', icon: 'report', aside: true },
  { key: 'trashed', icon: 'delete', aside: true },
];

const ACTIVE: readonly TicketStatus[] = ['new', 'open', 'pending', 'on_hold'];

const STATUSES: Readonly<Record<StandardView, readonly TicketStatus[]>> = {
  mine: ACTIVE,
  unassigned: ACTIVE,
  all_open: ACTIVE,
  pending: ['pending'],
  on_hold: ['on_hold'],
  solved: ['solved'],
  closed: ['closed', 'merged'],
  spam: ['spam'],
  trashed: ['trashed'],
};

/** What a list shows: a standard view, a team's tickets, or both. */
export interface ShownTickets {
  readonly view: StandardView;
  readonly team?: string | undefined;
}

/** Whether a ticket still belongs to what a list shows, for a member. */
export function belongs(ticket: TicketSummary, shown: ShownTickets, me: string | undefined): boolean {
  if (!STATUSES[shown.view].includes(ticket.status)) return false;
  if (shown.team !== undefined && ticket.teamId !== shown.team) return false;
  if (shown.view === 'mine') return ticket.assigneeId === me;
  return shown.view !== 'unassigned' || ticket.assigneeId === null;
}

/**
 * Whether a change brings a ticket that the list does not hold into what it shows. Judged by the fields that changed: the one that
 * the view is about must be among them.
 */
export function enters(patch: Partial<TicketSummary>, shown: ShownTickets, me: string | undefined): boolean {
  if (patch.status !== undefined && !STATUSES[shown.view].includes(patch.status)) return false;
  if (shown.team !== undefined) return patch.teamId === shown.team;
  if (shown.view === 'mine') return me !== undefined && patch.assigneeId === me;
  if (shown.view === 'unassigned') return patch.assigneeId === null;
  return patch.status !== undefined;
}

/** The view that an address names; all open tickets when it names none. */
export function viewOf(text: string | undefined): StandardView {
  return STANDARD_VIEWS.find((view) => view.key === text)?.key ?? 'all_open';
}
