import { defineProblem } from '@ledgerdesk/http';

const notFound = defineProblem(
  'customer.not-found',
  404,
  'There is no such customer',
  'The id is unknown in this workspace.',
);
const taken = defineProblem(
  'customer.address-taken',
  409,
  'Another customer has this address',
  'An address belongs to one customer. Find them by it.',
);
const erased = [
  defineProblem(
    'customer.erased',
    409,
    'The customer was erased',
    'Nothing more is written about them. Who writes from the same address later is a new customer.',
  ),
  defineProblem(
    'person.erased',
    409,
    'The person was erased',
    'No text about them can be kept any more. Open a new ticket for a new customer.',
  ),
];
const texts = [
  defineProblem('customer.address-invalid', 422, 'This is not an e-mail address', 'Send one plain address.'),
  defineProblem('customer.name-empty', 422, 'The name is empty', 'It has no visible text.'),
  defineProblem('customer.name-too-long', 422, 'The name is too long', 'It may have 200 characters.'),
];

/** Refusals by kind of operation, for the API description. */
export const customerProblems = {
  forReads: [notFound],
  forChanges: [notFound, ...erased, ...texts],
  forErasure: [notFound],
  forRegistration: [taken, ...texts],
};
