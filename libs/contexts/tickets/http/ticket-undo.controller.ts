import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Can } from '@ledgerdesk/auth';
import { type Answer, CommandEndpoint, defineProblem, Issued } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { z } from 'zod';
import { UndoChange } from '../commands/undo-change.js';
import type { TicketView } from '../domain/ticket-view.js';
import { TicketDesk } from './ticket-desk.js';
import { TicketIdPipe } from './ticket-id.pipe.js';
import { ticketProblems } from './ticket.problems.js';
import { TicketSchema } from './ticket-view.schemas.js';

const problems = [
  defineProblem('undo.no-such-change', 404, 'There is no such change', 'The ticket has never had this version.'),
  defineProblem(
    'undo.not-possible',
    409,
    'This can not be undone',
    'Messages, closing, links, timers and what a customer did stay; assignments, the status and other fields can be taken back.',
  ),
  defineProblem(
    'undo.too-late',
    409,
    'It is too late to undo this',
    'A change can be undone for 24 hours by who made it, and for 10 minutes by others.',
  ),
  defineProblem(
    'undo.changed-since',
    409,
    'It was changed again since',
    'The answer holds both values of every field that somebody changed after it. Change it by hand if you still want to.',
  ),
];

const UndoChangeBody = z
  .strictObject({
    version: z.int().min(0).meta({
      description: 'Version that the change led to: `version` of its answer, or `revision` of its timeline entry',
      example: 4,
    }),
  })
  .meta({ id: 'UndoChange', example: { version: 4 } });
type UndoChangeBody = z.infer<typeof UndoChangeBody>;

/** Taking back what was done. The version in the body says what it is based on, so no `If-Match` is needed. */
@ApiTags('tickets')
@Controller('tickets/:ticketId')
export class TicketUndoController {
  constructor(private readonly desk: TicketDesk) {}

  @CommandEndpoint({
    name: 'undoChange',
    path: 'undo',
    summary: 'Take back everything that one command has set; undoing an undo does it again',
    answers: TicketSchema,
    problems: [...ticketProblems.forMoves, ...ticketProblems.forReplies, ...problems],
  })
  @Can('edit', 'Ticket')
  undoChange(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: UndoChangeBody }) { version }: UndoChangeBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new UndoChange(id, version), issued);
  }
}
