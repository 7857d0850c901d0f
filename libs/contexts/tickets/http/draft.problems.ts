import { defineProblem } from '@ledgerdesk/http';
import { DRAFT_LIMITS } from '../domain/scheduled-reply.js';
import { ticketProblems } from './ticket.problems.js';

const erased = defineProblem('person.erased', 409, 'The person was erased', 'Nothing more can be written about them.');

const drafts = [
  defineProblem(
    'draft.stale',
    412,
    'The draft was changed elsewhere',
    'The answer holds both texts. Choose, then save again with the version of the draft as it is now.',
  ),
  defineProblem(
    'draft.too-many',
    409,
    'Too many drafts',
    `${String(DRAFT_LIMITS.draftsPerMember)} drafts are kept for a member. Send or empty some.`,
  ),
  erased,
];

const waiting = [
  defineProblem(
    'scheduled-reply.not-found',
    404,
    'There is no such reply',
    'The id is unknown, or the reply was taken back, or it is somebody else’s.',
  ),
  defineProblem('scheduled-reply.sent', 409, 'The reply has been sent', 'It can not be changed any more.'),
  defineProblem('scheduled-reply.sending', 409, 'The reply is being sent', 'Look again in a moment.'),
  defineProblem(
    'scheduled-reply.stale',
    412,
    'The reply was changed elsewhere',
    'The answer holds both values. Choose, then send again with the version of the reply as it is now.',
  ),
];

const times = [
  defineProblem('scheduled-reply.send-at-past', 422, 'The instant has passed', 'Choose an instant in the future.'),
  defineProblem('scheduled-reply.send-at-too-far', 422, 'The instant is too far away', 'Choose one within a year.'),
];

const tooMany = defineProblem(
  'scheduled-reply.too-many',
  409,
  'Too many replies wait',
  `A member has at most ${String(DRAFT_LIMITS.repliesPerTicket)} of them in a ticket and ${String(DRAFT_LIMITS.repliesPerMember)} in all.`,
);

/** Refusals by kind of operation, for the API description. */
export const draftProblems = {
  forReads: ticketProblems.forReads,
  forDrafts: [...ticketProblems.forReads, ...drafts],
  forScheduling: [...ticketProblems.forReplies, ...times, tooMany, erased],
  forReplies: waiting,
  forChanges: [...waiting, ...times, erased],
};
