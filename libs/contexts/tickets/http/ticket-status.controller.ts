import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Can, ForKeys } from '@ledgerdesk/auth';
import { type Answer, CommandEndpoint, Issued } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import type { TicketView } from '../domain/ticket-view.js';
import {
  CloseTicket,
  HoldTicket,
  MarkSpam,
  PendTicket,
  ReopenTicket,
  RestoreTicket,
  TrashTicket,
} from '../domain/ticket.commands.js';
import { EmptyBody, PendTicketBody } from './ticket-commands.schemas.js';
import { TicketDesk } from './ticket-desk.js';
import { TicketIdPipe } from './ticket-id.pipe.js';
import { ticketProblems } from './ticket.problems.js';
import { TicketSchema } from './ticket-view.schemas.js';

const moves = { guarded: true, answers: TicketSchema, problems: ticketProblems.forMoves } as const;

/** Commands that move a ticket from one status to another. */
@ApiTags('tickets')
@Controller('tickets/:ticketId')
export class TicketStatusController {
  constructor(private readonly desk: TicketDesk) {}

  @CommandEndpoint({
    ...moves,
    name: 'pendTicket',
    path: 'pend',
    summary: 'Wait for the customer, if wanted until an instant',
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  pendTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: PendTicketBody }) { until }: PendTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new PendTicket(id, until), issued);
  }

  @CommandEndpoint({ ...moves, name: 'holdTicket', path: 'hold', summary: 'Wait for a third party' })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  holdTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: EmptyBody }) _: unknown,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new HoldTicket(id), issued);
  }

  @CommandEndpoint({ ...moves, name: 'solveTicket', path: 'solve', summary: 'Mark as solved' })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  async solveTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: EmptyBody }) _: unknown,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(await this.desk.solving(id, issued), issued);
  }

  @CommandEndpoint({ ...moves, name: 'reopenTicket', path: 'reopen', summary: 'Take back into work' })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  reopenTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: EmptyBody }) _: unknown,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new ReopenTicket(id), issued);
  }

  @CommandEndpoint({ ...moves, name: 'closeTicket', path: 'close', summary: 'Close for good' })
  @Can('close', 'Ticket')
  @ForKeys('tickets:write')
  closeTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: EmptyBody }) _: unknown,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new CloseTicket(id), issued);
  }

  @CommandEndpoint({ ...moves, name: 'markSpam', path: 'spam', summary: 'Put away as spam' })
  @Can('trash', 'Ticket')
  @ForKeys('tickets:write')
  markSpam(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: EmptyBody }) _: unknown,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new MarkSpam(id), issued);
  }

  @CommandEndpoint({ ...moves, name: 'trashTicket', path: 'trash', summary: 'Put into the trash' })
  @Can('trash', 'Ticket')
  @ForKeys('tickets:write')
  trashTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: EmptyBody }) _: unknown,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new TrashTicket(id), issued);
  }

  @CommandEndpoint({ ...moves, name: 'restoreTicket', path: 'restore', summary: 'Bring back from spam or trash' })
  @Can('trash', 'Ticket')
  @ForKeys('tickets:write')
  restoreTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: EmptyBody }) _: unknown,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new RestoreTicket(id), issued);
  }
}
