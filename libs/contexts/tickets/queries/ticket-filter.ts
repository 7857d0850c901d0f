import type { DeskAbility, Principal } from '@ledgerdesk/auth';
import { TICKET_PRIORITIES, type TicketPriority, type TicketStatus } from '../domain/ticket.js';
import { NOT_REMOVED, type StandardView, viewCondition } from '../read-models/inbox.views.js';
import type { Ask, SearchTerm, Who } from '../read-models/search-terms.js';
import { type Parameters, visibleTickets } from './visible-tickets.js';

/** Filters of the list; all given ones must hold. */
export interface TicketFilter {
  readonly view?: StandardView | undefined;
  readonly status?: TicketStatus | undefined;
  /** Id of a member, `me` or `none`. */
  readonly assignee?: string | undefined;
  /** Id of a team, or `none`. */
  readonly team?: string | undefined;
  readonly priority?: TicketPriority | undefined;
  readonly tag?: string | undefined;
  /** Id of a customer. */
  readonly requester?: string | undefined;
  readonly q?: string | undefined;
}

/** Words and tags are found by an index that row level security keeps away from plain conditions. */
export function needsSearch({ q, tag }: TicketFilter): boolean {
  return tag !== undefined || (q !== undefined && q.trim() !== '');
}

/** The conditions on `inbox` for a filter without words and tags: the workspace, what may be seen, and what was asked for. */
export function ticketConditions(
  filter: TicketFilter,
  member: Principal,
  ability: DeskAbility,
  parameters: Parameters,
): string[] {
  const conditions = [`workspace_id = ${parameters.add(member.workspaceId)}`, visibleTickets(ability, parameters)];
  const equals = (column: string, value: string | number): void => {
    conditions.push(`${column} = ${parameters.add(value)}`);
  };
  if (filter.view) {
    if (filter.view === 'mine') parameters.add(member.memberId);
    conditions.push(viewCondition(filter.view, parameters.values.length));
  }
  if (filter.status) equals('status', filter.status);
  if (!filter.view && !filter.status) conditions.push(NOT_REMOVED);
  if (filter.assignee === 'none') conditions.push('assignee_id is null');
  else if (filter.assignee) equals('assignee_id', filter.assignee === 'me' ? member.memberId : filter.assignee);
  if (filter.team === 'none') conditions.push('team_id is null');
  else if (filter.team) equals('team_id', filter.team);
  if (filter.priority) equals('priority', TICKET_PRIORITIES.indexOf(filter.priority));
  if (filter.requester) equals('requester_id', filter.requester);
  return conditions;
}

const UNSOLVED: Ask = { kind: 'status', values: ['unsolved'] };

const VIEWS: Readonly<Record<StandardView, readonly Ask[]>> = {
  mine: [{ kind: 'assignee', values: [{ kind: 'me' }] }, UNSOLVED],
  unassigned: [{ kind: 'assignee', values: [{ kind: 'none' }] }, UNSOLVED],
  all_open: [UNSOLVED],
  pending: [{ kind: 'status', values: ['pending'] }],
  on_hold: [{ kind: 'status', values: ['on_hold'] }],
  solved: [{ kind: 'status', values: ['solved'] }],
  closed: [{ kind: 'status', values: ['closed'] }],
  spam: [{ kind: 'status', values: ['spam'] }],
  trashed: [{ kind: 'status', values: ['trashed'] }],
};

/** The filter without its `q`, in the words of the search. */
export function filterTerms({ view, status, assignee, team, priority, tag, requester }: TicketFilter): SearchTerm[] {
  const asks: Ask[] = [
    ...(view ? VIEWS[view] : []),
    ...(status ? [{ kind: 'status', values: [status] } as const] : []),
    ...(assignee ? [{ kind: 'assignee', values: [whoOf(assignee)] } as const] : []),
    ...(team ? [{ kind: 'team', values: [whoOf(team)] } as const] : []),
    ...(priority ? [{ kind: 'priority', operator: ':', values: [priority] } as const] : []),
    ...(tag === undefined ? [] : [{ kind: 'tag', values: [tag] } as const]),
    ...(requester ? [{ kind: 'requester', value: requester } as const] : []),
  ];
  return asks.map((ask) => ({ ...ask, not: false }));
}

function whoOf(id: string): Who {
  return id === 'me' || id === 'none' ? { kind: id } : { kind: 'named', name: id };
}
