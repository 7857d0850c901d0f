import { Module } from '@nestjs/common';
import { CustomersModule } from '@ledgerdesk/customers';
import { commandHandlers, EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { ReadStore } from '@ledgerdesk/read-store';
import { WorkspacesModule } from '@ledgerdesk/workspaces';
import { DeliverMessage } from './commands/deliver-message.js';
import { Drafts } from './commands/drafts.js';
import { Merges } from './commands/merges.js';
import { MergeTicketHandler, SplitTicketForHandler, UnmergeTicketHandler } from './commands/merging-handlers.js';
import { NamedThings } from './commands/named-things.js';
import { OpenTicketForRequesterHandler } from './commands/open-ticket-for-requester.js';
import { ReceiveMessageHandler } from './commands/receive-message.js';
import { ReplyTexts } from './commands/reply-texts.js';
import { ScheduleReply } from './commands/schedule-reply.js';
import { ScheduledReplies } from './commands/scheduled-replies.js';
import { Splits } from './commands/splits.js';
import { TicketNumbers } from './commands/ticket-numbers.js';
import { UndoChangeHandler } from './commands/undo-change.js';
import { TicketStreams } from './commands/ticket-streams.js';
import { Unmerges } from './commands/unmerges.js';
import { RecordReading, readingDecider } from './domain/reading.decider.js';
import * as commands from './domain/ticket.commands.js';
import { ticketDecider } from './domain/ticket.decider.js';
import { AbilitiesController } from './http/abilities.controller.js';
import { DraftsController } from './http/drafts.controller.js';
import { ScheduledRepliesController } from './http/scheduled-replies.controller.js';
import { TicketCommandsController } from './http/ticket-commands.controller.js';
import { TicketConversationController } from './http/ticket-conversation.controller.js';
import { TicketDesk } from './http/ticket-desk.js';
import { TicketMergingController } from './http/ticket-merging.controller.js';
import { TicketStatusController } from './http/ticket-status.controller.js';
import { TicketUndoController } from './http/ticket-undo.controller.js';
import { TicketsController } from './http/tickets.controller.js';
import { CountTicketsHandler } from './queries/count-tickets.js';
import { ExplainAbility } from './queries/explain-ability.js';
import { GetTicketHandler } from './queries/get-ticket.js';
import { GetTimelineHandler } from './queries/get-timeline.js';
import { ListScheduledReplies } from './queries/list-scheduled-replies.js';
import { ListTicketsHandler } from './queries/list-tickets.js';
import { Moments } from './queries/moments.js';
import { Readings } from './queries/readings.js';
import { TicketRows } from './queries/ticket-rows.js';
import { TicketSight } from './queries/ticket-sight.js';
import { TicketStates } from './queries/ticket-states.js';
import { TicketViews } from './queries/ticket-views.js';
import { TimelinePages } from './queries/timeline-pages.js';
import { Absences } from './realtime/absences.js';
import { DeskGateway } from './realtime/desk.gateway.js';
import { LiveAudience } from './realtime/live-audience.js';
import { LiveDrafts } from './realtime/live-drafts.js';
import { LiveRights } from './realtime/live-rights.js';
import { LiveTickets } from './realtime/live-tickets.js';
import { Resyncs } from './realtime/resyncs.js';

const deciders = [
  ...commandHandlers(ticketDecider, Object.values(commands)),
  ...commandHandlers(readingDecider, [RecordReading]),
];

const ticketNumbers = {
  provide: TicketNumbers,
  inject: [ReadStore, EVENT_STORE],
  useFactory: (store: ReadStore, ledger: EventStore): TicketNumbers => new TicketNumbers(store, ledger),
};

/** Tickets as an api process needs them: commands, questions, routes and live updates. */
@Module({
  imports: [CustomersModule, WorkspacesModule],
  controllers: [
    TicketsController,
    TicketConversationController,
    TicketCommandsController,
    TicketStatusController,
    TicketUndoController,
    DraftsController,
    AbilitiesController,
    ScheduledRepliesController,
    TicketMergingController,
  ],
  providers: [
    ...deciders,
    ticketNumbers,
    NamedThings,
    OpenTicketForRequesterHandler,
    ReceiveMessageHandler,
    UndoChangeHandler,
    TicketStreams,
    Merges,
    DeliverMessage,
    Unmerges,
    Splits,
    MergeTicketHandler,
    UnmergeTicketHandler,
    SplitTicketForHandler,
    TicketDesk,
    TicketStates,
    Drafts,
    ReplyTexts,
    ScheduleReply,
    ScheduledReplies,
    ListScheduledReplies,
    TicketViews,
    TicketRows,
    TicketSight,
    ExplainAbility,
    Moments,
    Readings,
    TimelinePages,
    ListTicketsHandler,
    CountTicketsHandler,
    GetTicketHandler,
    GetTimelineHandler,
    LiveAudience,
    LiveTickets,
    LiveRights,
    LiveDrafts,
    Resyncs,
    Absences,
    DeskGateway,
  ],
  exports: [TicketNumbers, TicketSight, TicketViews, Readings],
})
export class TicketsModule {}
