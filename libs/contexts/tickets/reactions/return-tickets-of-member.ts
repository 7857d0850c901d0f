import { parseStreamName } from '@ledgerdesk/event-store';
import type { Reaction } from '@ledgerdesk/jobs';
import { ReturnTickets } from '../commands/return-tickets.js';

/** When a member is deactivated or is to be erased, what they had in hand returns to the queues. */
export const returnTicketsOfMember: Reaction = {
  name: 'return-tickets-of-member',
  categories: ['member'],
  effectsOf: ({ type, stream }) =>
    type === 'MemberDeactivated' || type === 'MemberErasureRequested'
      ? [{ kind: 'perform', subject: parseStreamName(stream).id }]
      : [],
  perform: ({ subject, stream, revision }, tools) => tools.issue(new ReturnTickets(subject, { stream, revision })),
};
