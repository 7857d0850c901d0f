import type { Ticket } from '@ledgerdesk/web-api';

/** One field of a ticket that stood differently a moment before. */
export interface MomentChange {
  /** `status`, `tag:vip`, `field:order_number`, `link:related:<id>`. */
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

const PLAIN = [
  'status',
  'pendingUntil',
  'priority',
  'assigneeId',
  'teamId',
  'category',
  'subcategory',
  'subject',
] as const satisfies readonly (keyof Ticket)[];

/** What is different between a ticket and the same ticket one event before; nothing for its first event. */
export function momentChanges(before: Ticket | undefined, after: Ticket): readonly MomentChange[] {
  if (before === undefined) return [];
  const then = factsOf(before);
  const now = factsOf(after);
  return [...new Set([...then.keys(), ...now.keys()])]
    .map((field) => ({ field, from: then.get(field) ?? null, to: now.get(field) ?? null }))
    .filter(({ from, to }) => from !== to);
}

function factsOf(ticket: Ticket): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ...PLAIN.map((field) => [field, ticket[field]] as const),
    ...ticket.tags.map((tag) => [`tag:${tag}`, tag] as const),
    ...Object.entries(ticket.customFields).map(([name, value]) => [`field:${name}`, value] as const),
    ...ticket.links.map(({ relation, ticketId }) => [`link:${relation}:${ticketId}`, ticketId] as const),
  ]);
}
