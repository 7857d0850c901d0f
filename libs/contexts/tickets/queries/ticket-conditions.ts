import type { DeskAbility, Principal } from '@ledgerdesk/auth';
import { TICKET_PRIORITIES, type TicketPriority, type TicketStatus } from '../domain/ticket.js';
import { NOT_REMOVED, type StandardView, viewCondition } from '../read-models/inbox.views.js';
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

/** The conditions on `inbox` for a member's question: their workspace, what they may see, and what they asked for. */
export function ticketConditions(
  filter: TicketFilter,
  member: Principal,
  ability: DeskAbility,
  parameters: Parameters,
): string[] {
  const conditions = [`workspace_id = ${parameters.add(member.workspaceId)}`, visibleTickets(ability, parameters)];
  if (filter.view) {
    const needsMe = filter.view === 'mine';
    if (needsMe) parameters.add(member.memberId);
    conditions.push(viewCondition(filter.view, needsMe ? parameters.values.length : 0));
  }
  if (filter.status) conditions.push(`status = ${parameters.add(filter.status)}`);
  if (!filter.view && !filter.status) conditions.push(NOT_REMOVED);
  if (filter.assignee === 'none') conditions.push('assignee_id is null');
  else if (filter.assignee) {
    conditions.push(`assignee_id = ${parameters.add(filter.assignee === 'me' ? member.memberId : filter.assignee)}`);
  }
  if (filter.team === 'none') conditions.push('team_id is null');
  else if (filter.team) conditions.push(`team_id = ${parameters.add(filter.team)}`);
  if (filter.priority) conditions.push(`priority = ${parameters.add(TICKET_PRIORITIES.indexOf(filter.priority))}`);
  if (filter.requester) conditions.push(`requester_id = ${parameters.add(filter.requester)}`);
  return conditions;
}
