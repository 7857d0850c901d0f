import { defineProblem } from '@ledgerdesk/http';

const notFound = defineProblem(
  'member.not-found',
  404,
  'There is no such member',
  'Nobody with this id has a seat in this workspace.',
);
const oneself = defineProblem(
  'member.oneself',
  403,
  'Nobody changes their own seat',
  'Somebody else has to do it who may.',
);
const lastOwner = defineProblem(
  'member.last-owner',
  409,
  'This is the last owner',
  'Make somebody else an owner first: a workspace without one could not be looked after.',
);

/** Refusals by kind of operation, for the API description. */
export const memberErasureProblems = {
  forReads: [notFound],
  forErasure: [notFound, oneself, lastOwner],
};
