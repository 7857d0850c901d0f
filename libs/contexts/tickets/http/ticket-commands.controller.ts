import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Can, ForKeys } from '@ledgerdesk/auth';
import { type Answer, CommandEndpoint, Issued } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import type { TicketView } from '../domain/ticket-view.js';
import {
  AssignTicket,
  CategoriseTicket,
  HandOffTicket,
  LinkTicket,
  PrioritiseTicket,
  RenameTicket,
  SetCustomField,
  TagTicket,
  UnlinkTicket,
  UntagTicket,
} from '../domain/ticket.commands.js';
import {
  AssignTicketBody,
  CategoriseTicketBody,
  HandOffTicketBody,
  LinkTicketBody,
  PrioritiseTicketBody,
  RenameTicketBody,
  SetCustomFieldBody,
  TagTicketBody,
} from './ticket-commands.schemas.js';
import { TicketDesk } from './ticket-desk.js';
import { TicketIdPipe } from './ticket-id.pipe.js';
import { ticketProblems } from './ticket.problems.js';
import { TicketSchema } from './ticket-view.schemas.js';

const sets = { guarded: true, answers: TicketSchema } as const;

/** Commands that set fields of a ticket. */
@ApiTags('tickets')
@Controller('tickets/:ticketId')
export class TicketCommandsController {
  constructor(private readonly desk: TicketDesk) {}

  @CommandEndpoint({
    ...sets,
    name: 'assignTicket',
    path: 'assign',
    summary: 'Give a ticket to a member, a team, or nobody',
    problems: ticketProblems.forEdits,
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  assignTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: AssignTicketBody }) { assigneeId, teamId, reason }: AssignTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new AssignTicket(id, assigneeId, teamId, reason), issued, {
      member: assigneeId,
      team: teamId,
    });
  }

  @CommandEndpoint({
    ...sets,
    name: 'renameTicket',
    path: 'rename',
    summary: 'Change the subject',
    problems: ticketProblems.forEdits,
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  renameTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: RenameTicketBody }) { subject }: RenameTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new RenameTicket(id, subject), issued);
  }

  @CommandEndpoint({
    ...sets,
    name: 'prioritiseTicket',
    path: 'prioritise',
    summary: 'Set the priority',
    problems: ticketProblems.forEdits,
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  prioritiseTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: PrioritiseTicketBody }) { priority }: PrioritiseTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new PrioritiseTicket(id, priority), issued);
  }

  @CommandEndpoint({
    ...sets,
    name: 'categoriseTicket',
    path: 'categorise',
    summary: 'Set or clear category and subcategory',
    problems: ticketProblems.forEdits,
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  categoriseTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: CategoriseTicketBody }) { category, subcategory }: CategoriseTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new CategoriseTicket(id, category, subcategory), issued);
  }

  @CommandEndpoint({
    ...sets,
    name: 'tagTicket',
    path: 'tag',
    summary: 'Add tags',
    problems: ticketProblems.forEdits,
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  tagTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: TagTicketBody }) { tags }: TagTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new TagTicket(id, tags), issued);
  }

  @CommandEndpoint({
    ...sets,
    name: 'untagTicket',
    path: 'untag',
    summary: 'Take tags away',
    problems: ticketProblems.forEdits,
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  untagTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: TagTicketBody }) { tags }: TagTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new UntagTicket(id, tags), issued);
  }

  @CommandEndpoint({
    ...sets,
    name: 'setCustomField',
    path: 'set-field',
    summary: 'Set or clear one custom field',
    problems: ticketProblems.forEdits,
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  setCustomField(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: SetCustomFieldBody }) { field, value }: SetCustomFieldBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new SetCustomField(id, field, value), issued);
  }

  @CommandEndpoint({
    ...sets,
    name: 'handOffTicket',
    path: 'hand-off',
    summary: 'Pass a ticket on with what the next person needs to know',
    problems: ticketProblems.forEdits,
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  handOffTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: HandOffTicketBody }) body: HandOffTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new HandOffTicket(id, body), issued, { member: body.assigneeId });
  }

  @CommandEndpoint({
    ...sets,
    name: 'linkTicket',
    path: 'link',
    summary: 'Link to another ticket',
    problems: ticketProblems.forEdits,
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  linkTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: LinkTicketBody }) { ticketId, relation }: LinkTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new LinkTicket(id, ticketId, relation), issued, { ticket: ticketId });
  }

  @CommandEndpoint({
    ...sets,
    name: 'unlinkTicket',
    path: 'unlink',
    summary: 'Remove a link to another ticket',
    problems: ticketProblems.forEdits,
  })
  @Can('edit', 'Ticket')
  @ForKeys('tickets:write')
  unlinkTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: LinkTicketBody }) { ticketId, relation }: LinkTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new UnlinkTicket(id, ticketId, relation), issued);
  }
}
