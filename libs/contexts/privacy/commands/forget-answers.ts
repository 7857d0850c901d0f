import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IssuedBy } from '@ledgerdesk/event-store';
import { forgetAnswers } from '@ledgerdesk/http';
import { Connections } from '@ledgerdesk/read-store';

/** Drops the answers that the workspace keeps for repeated requests; a repetition is answered from the ledger. */
export class ForgetAnswers extends Command<void> {}

@CommandHandler(ForgetAnswers)
export class ForgetAnswersHandler implements ICommandHandler<ForgetAnswers> {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  async execute(command: ForgetAnswers): Promise<void> {
    const { workspaceId } = IssuedBy.of(command).command;
    await this.connections.use((sql) => forgetAnswers(sql, workspaceId));
  }
}
