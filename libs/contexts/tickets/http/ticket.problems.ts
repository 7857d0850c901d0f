import { defineProblem } from '@ledgerdesk/http';

const found = {
  ticket: defineProblem(
    'ticket.not-found',
    404,
    'There is no such ticket',
    'The id is unknown in this workspace, or you may not see the ticket.',
  ),
  member: defineProblem(
    'member.not-found',
    404,
    'There is no such member',
    'Nobody with this id has a seat in this workspace.',
  ),
  team: defineProblem('team.not-found', 404, 'There is no such team', 'The workspace has no team with this id.'),
};

const refused = {
  closed: defineProblem(
    'ticket.closed',
    409,
    'The ticket is closed',
    'Closed tickets are read-only. What comes later belongs in a follow-up ticket.',
  ),
  merged: defineProblem('ticket.merged', 409, 'The ticket was merged', 'Continue in the ticket it was merged into.'),
  spam: defineProblem('ticket.spam', 409, 'The ticket is spam', 'Restore it first.'),
  trashed: defineProblem('ticket.trashed', 409, 'The ticket is in the trash', 'Restore it first.'),
};

const moves = {
  solved: defineProblem('ticket.solved', 409, 'The ticket is solved', 'Reopen it first.'),
  notSolved: defineProblem('ticket.not-solved', 409, 'The ticket is not solved', 'Only a solved ticket can be closed.'),
  restoreTooLate: defineProblem(
    'ticket.restore-too-late',
    409,
    'It is too late to restore the ticket',
    'Spam and trash can be restored for 30 days.',
  ),
  untilPast: defineProblem('ticket.until-past', 422, 'The instant has passed', 'Choose an instant in the future.'),
  untilTooFar: defineProblem('ticket.until-too-far', 422, 'The instant is too far away', 'Ten years at most.'),
};

const texts = {
  subjectEmpty: defineProblem('ticket.subject-empty', 422, 'The subject is empty', 'It has no visible text.'),
  bodyEmpty: defineProblem('ticket.body-empty', 422, 'The text is empty', 'It has no visible text.'),
  tooManyTags: defineProblem('ticket.too-many-tags', 422, 'Too many tags', 'A ticket has 20 tags at most.'),
  tooManyFields: defineProblem('ticket.too-many-fields', 422, 'Too many fields', 'A ticket has 50 fields at most.'),
  subcategoryAlone: defineProblem(
    'ticket.subcategory-alone',
    422,
    'A subcategory needs a category',
    'Send the category with it.',
  ),
};

const address = defineProblem(
  'customer.address-invalid',
  422,
  'This is not an e-mail address',
  'Send one plain address such as grace@example.com.',
);

/** A reply is held back because its writer has not seen everything. */
const newMessage = defineProblem(
  'ticket.new-message',
  409,
  'Something new has arrived',
  'A message came in after the version that the writer had seen. Read it, then send again with the new version.',
);

/** Refusals by kind of operation, for the API description. */
export const ticketProblems = {
  forReads: [found.ticket],
  forOpening: [...Object.values(texts), address],
  forEdits: [...Object.values(found), ...Object.values(refused), ...Object.values(texts)],
  forMoves: [found.ticket, ...Object.values(refused), ...Object.values(moves)],
  forReplies: [found.ticket, ...Object.values(refused), newMessage],
  forMessages: [found.ticket, texts.bodyEmpty],
};
