import { Module } from '@nestjs/common';
import { EVENT_STORE, EventCodec, type EventStore } from '@ledgerdesk/event-store';
import { Directory, RightsOfSeats } from '@ledgerdesk/workspaces';
import { ReleaseReplyHandler } from './commands/release-reply.js';
import { ReplyTexts } from './commands/reply-texts.js';
import { TicketStates } from './queries/ticket-states.js';

/** What a worker needs to send scheduled replies; it serves no requests. Needs the event store's and the read store's modules. */
@Module({
  providers: [
    {
      provide: Directory,
      inject: [EVENT_STORE, EventCodec],
      useFactory: (store: EventStore, codec: EventCodec): Directory => new Directory(store, codec),
    },
    RightsOfSeats,
    TicketStates,
    ReplyTexts,
    ReleaseReplyHandler,
  ],
})
export class ReleaseModule {}
