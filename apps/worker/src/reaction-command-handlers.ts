import type { Provider } from '@nestjs/common';
import { commandHandlers } from '@ledgerdesk/event-store';
import { EndSessionsOfMemberHandler, SendInvitationHandler, SendPasswordResetHandler } from '@ledgerdesk/identity';
import {
  EraseCustomerHandler,
  EraseMemberHandler,
  EraseTextsAboutHandler,
  ForgetAnswersHandler,
} from '@ledgerdesk/privacy';
import { CloseTicket, mergingProcesses, ReturnTicketsHandler, ticketDecider, WakeTicket } from '@ledgerdesk/tickets';

/** Handlers of the commands that reactions issue; the worker executes no others. */
export const reactionCommandHandlers: readonly Provider[] = [
  ...commandHandlers(ticketDecider, [CloseTicket, WakeTicket]),
  EraseCustomerHandler,
  EraseMemberHandler,
  EraseTextsAboutHandler,
  ForgetAnswersHandler,
  SendPasswordResetHandler,
  SendInvitationHandler,
  EndSessionsOfMemberHandler,
  ReturnTicketsHandler,
  ...mergingProcesses,
];
