import { type DecisionContext, DomainError } from '@ledgerdesk/kernel';
import { seal, sealedField } from './decide-messages.js';
import type { FormerStatus, RevertChange } from './revert-change.js';
import { refuseClosed, refuseUnlessActive } from './ticket-rules.js';
import { LIMITS } from './ticket-text.js';
import type { TicketEvent } from './ticket.events.js';
import type { Ticket } from './ticket.js';

type Back = RevertChange['back'];
type Decision = readonly TicketEvent[];

/**
 * Brings former values back by ordinary events, only where they differ. Whether somebody else has changed them meanwhile is
 * settled before, by the fields that the command sets. It is no work on the ticket, so it does not open a new one.
 */
export function revert({ back, messages }: RevertChange, ticket: Ticket, { now }: DecisionContext): Decision {
  refuseClosed(ticket);
  if (back.status === undefined) refuseUnlessActive(ticket);
  if (ticket.messages !== messages) {
    throw new DomainError('conflict', 'ticket.new-message', 'A message arrived just now. Read it, then undo again.');
  }
  return [
    ...owner(back, ticket),
    ...priority(back, ticket),
    ...classification(back, ticket),
    ...tags(back, ticket),
    ...texts(back, ticket),
    ...(back.status === undefined ? [] : status(back.status, ticket, now)),
  ];
}

function owner(back: Back, ticket: Ticket): Decision {
  const { assigneeId = ticket.assigneeId, teamId = ticket.teamId, reason = null } = back;
  if (assigneeId === ticket.assigneeId && teamId === ticket.teamId) return [];
  const from = { assigneeId: ticket.assigneeId, teamId: ticket.teamId };
  const data = { assigneeId, teamId, reason: reason === null ? null : seal(ticket, reason), from };
  return [{ type: 'TicketAssigned', data }];
}

function priority(back: Back, ticket: Ticket): Decision {
  if (back.priority === undefined || back.priority === ticket.priority) return [];
  return [{ type: 'TicketPrioritised', data: { priority: back.priority, from: ticket.priority } }];
}

function classification(back: Back, ticket: Ticket): Decision {
  const { category = ticket.category, subcategory = ticket.subcategory } = back;
  if (category === ticket.category && subcategory === ticket.subcategory) return [];
  const from = { category: ticket.category, subcategory: ticket.subcategory };
  return [{ type: 'TicketCategorised', data: { category, subcategory, from } }];
}

function tags({ tags: wanted = {} }: Back, ticket: Ticket): Decision {
  const differing = Object.keys(wanted).filter((tag) => ticket.tags.includes(tag) !== wanted[tag]);
  const added = differing.filter((tag) => wanted[tag]);
  const removed = differing.filter((tag) => !wanted[tag]);
  if (ticket.tags.length + added.length - removed.length > LIMITS.tags) {
    throw new DomainError('invalid', 'ticket.too-many-tags', 'At most 20 tags.');
  }
  return [
    ...(removed.length === 0 ? [] : [{ type: 'TicketUntagged', data: { tags: removed } } as const]),
    ...(added.length === 0 ? [] : [{ type: 'TicketTagged', data: { tags: added } } as const]),
  ];
}

/** Texts are sealed: whoever made the command has left out those that are as they were. */
function texts({ subject, fields = {} }: Back, ticket: Ticket): Decision {
  const set = Object.entries(fields).filter(
    ([field, value]) => (Object.hasOwn(ticket.fields, field) ? ticket.fields[field] : null) !== value,
  );
  return [
    ...(subject === undefined ? [] : [{ type: 'TicketRenamed', data: { subject: seal(ticket, subject) } } as const]),
    ...set.map(([field, value]): TicketEvent => ({
      type: 'CustomFieldSet',
      data: { field, value: value === null ? null : sealedField(ticket.requester.keyId, value) },
    })),
  ];
}

/** A ticket that waited for an instant which has passed meanwhile comes back open, like one that is restored. */
function status(former: FormerStatus, ticket: Ticket, now: number): Decision {
  const missed = former.status === 'pending' && former.until !== null && Date.parse(former.until) <= now;
  const back = missed ? ({ ...former, status: 'open', until: null } as const) : former;
  const until = back.until === null ? null : Date.parse(back.until);
  if (ticket.status === back.status && ticket.pendingUntil === until) return [];
  return [{ type: 'StatusReverted', data: { from: ticket.status, ...back } }];
}
