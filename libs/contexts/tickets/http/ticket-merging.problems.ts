import { defineProblem } from '@ledgerdesk/http';

const conflict = (code: string, title: string, detail: string): ReturnType<typeof defineProblem> =>
  defineProblem(code, 409, title, detail);

const TRY_AGAIN = 'Try again in a moment.';

/** The other ticket of a merge or unmerge can not be changed. */
const target = {
  closed: conflict('ticket.target-closed', 'The other ticket is closed', 'Closed tickets are read-only.'),
  merged: conflict('ticket.target-merged', 'The other ticket was merged', 'Choose the ticket it was merged into.'),
  merging: conflict('ticket.target-merging', 'The other ticket is being merged', TRY_AGAIN),
};

const removed = {
  spam: conflict('ticket.target-spam', 'The other ticket is spam', 'Restore it first.'),
  trashed: conflict('ticket.target-trashed', 'The other ticket is in the trash', 'Restore it first.'),
};

export const merging = conflict('ticket.merging', 'The ticket is being merged', TRY_AGAIN);

const merges = {
  self: defineProblem('ticket.merge-self', 422, 'A ticket can not be merged into itself', 'Choose another ticket.'),
  cycle: conflict(
    'ticket.merge-cycle',
    'The merge would be a circle',
    'The other ticket was merged into this one before.',
  ),
  requesters: conflict(
    'ticket.merge-other-requester',
    'The tickets are about different people',
    'Send confirm: true when their messages belong together. Each text stays about the person it was about.',
  ),
  many: conflict('ticket.too-many-merged', 'Too many tickets', 'At most 50 tickets can be merged into one.'),
};

const unmerges = {
  notMerged: conflict('ticket.not-merged', 'The ticket is not merged', 'There is nothing to take back.'),
  notAbsorbed: conflict('ticket.not-absorbed', 'The merge is being taken back', TRY_AGAIN),
  notLatest: conflict(
    'ticket.unmerge-not-latest',
    'Another ticket was merged later',
    'Only the latest merge into a ticket can be taken back.',
  ),
  tooLate: conflict('ticket.unmerge-too-late', 'It is too late', 'A merge can be taken back for 7 days.'),
  tooMuch: conflict('ticket.unmerge-too-much', 'Too many messages', 'More than 1,000 messages came since the merge.'),
};

const splits = {
  message: defineProblem(
    'ticket.message-not-found',
    404,
    'There is no such message in the ticket',
    'Only messages that were written in the ticket itself can be split off.',
  ),
  kind: defineProblem('ticket.not-a-message', 422, 'This is not a message', 'Messages and notes can be split off.'),
  moved: conflict('ticket.message-moved', 'A message was moved before', 'It goes on in another ticket already.'),
  nothingLeft: conflict('ticket.split-nothing-left', 'Nothing would be left', 'One message at least has to stay.'),
  many: conflict('ticket.too-many-moved', 'Too many messages', 'At most 1,000 messages of a ticket can be moved.'),
};

/** Refusals by kind of operation, for the API description. */
export const mergingProblems = {
  forMerges: [merging, ...Object.values(merges), ...Object.values(target), ...Object.values(removed)],
  forUnmerges: [...Object.values(unmerges), ...Object.values(target)],
  forSplits: [merging, ...Object.values(splits)],
};
