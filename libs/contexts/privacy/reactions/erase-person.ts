import { parseStreamName } from '@ledgerdesk/event-store';
import type { Reaction } from '@ledgerdesk/jobs';
import { EraseCustomer } from '../commands/erase-customer.js';

/** When somebody's erasure was requested, it is done: by a worker, as often as it takes, and never by the request itself. */
export const erasePerson: Reaction = {
  name: 'erase-person',
  categories: ['customer'],
  effectsOf: ({ type, stream }) =>
    type === 'CustomerErasureRequested' ? [{ kind: 'perform', subject: parseStreamName(stream).id }] : [],
  perform: ({ subject }, tools) => tools.issue(new EraseCustomer(subject)),
};
