import { endSessionsOfDeactivatedMember, sendInvitation, sendPasswordReset } from '@ledgerdesk/identity';
import type { Reaction } from '@ledgerdesk/jobs';
import { erasePerson, eraseTextsAboutErased, forgetAnswersAboutErased } from '@ledgerdesk/privacy';
import {
  closeSolvedTicket,
  finishMerge,
  finishSplit,
  finishUnmerge,
  releaseScheduledReply,
  returnTicketsOfMember,
  wakePendedTicket,
} from '@ledgerdesk/tickets';

/** Everything that happens by itself because something else has happened. */
export const reactions: readonly Reaction[] = [
  closeSolvedTicket,
  wakePendedTicket,
  releaseScheduledReply,
  erasePerson,
  eraseTextsAboutErased,
  forgetAnswersAboutErased,
  finishMerge,
  finishUnmerge,
  finishSplit,
  sendPasswordReset,
  sendInvitation,
  endSessionsOfDeactivatedMember,
  returnTicketsOfMember,
];
