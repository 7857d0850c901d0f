import { parseStreamName } from '@ledgerdesk/event-store';
import type { Reaction } from '@ledgerdesk/jobs';
import { EraseCustomer } from '../commands/erase-customer.js';
import { EraseMember } from '../commands/erase-member.js';

const REQUESTED = ['CustomerErasureRequested', 'MemberErasureRequested'];

/** When somebody's erasure was requested, it is done: by a worker, as often as it takes, and never by the request itself. */
export const erasePerson: Reaction = {
  name: 'erase-person',
  categories: ['customer', 'member'],
  effectsOf: ({ type, stream }) =>
    REQUESTED.includes(type) ? [{ kind: 'perform', subject: parseStreamName(stream).id }] : [],
  perform: ({ subject, stream }, tools) =>
    tools.issue(parseStreamName(stream).category === 'member' ? new EraseMember(subject) : new EraseCustomer(subject)),
};
