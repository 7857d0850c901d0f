import { Body, Controller, Inject, Param } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, type Principal } from '@ledgerdesk/auth';
import { CommandEndpoint, QueryEndpoint } from '@ledgerdesk/http';
import { ChangeReadModel } from '../commands/change-read-model.js';
import { ListReadModels } from '../queries/list-read-models.js';
import { readModelProblems as problems } from './read-model.problems.js';
import { ChangeReadModelBody, ReadModelList } from './read-model.schemas.js';

/** Read models: how far they are, and building them again. */
@ApiTags('operation')
@Controller('read-models')
export class ReadModelsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @QueryEndpoint({
    name: 'listReadModels',
    summary: 'Read models with their generations and lag, and the parked streams of the workspace',
    answers: ReadModelList,
  })
  @Can('read', 'ReadModel')
  listReadModels(@CurrentMember() member: Principal): Promise<ReadModelList> {
    return this.queries.execute(new ListReadModels(member.workspaceId));
  }

  @CommandEndpoint({
    name: 'changeReadModel',
    path: ':name/change',
    summary:
      'Ask for a rebuild, a comparison, a switch or a replay; a worker does it, the list shows what became of it',
    status: 202,
    answers: ReadModelList,
    problems: [problems.notFound, problems.notInDesk, problems.nothingBuilt, problems.nothingKept, problems.building],
  })
  @Can('change', 'ReadModel')
  async changeReadModel(
    @Param('name') name: string,
    @Body({ schema: ChangeReadModelBody }) { change }: ChangeReadModelBody,
    @CurrentMember() member: Principal,
  ): Promise<ReadModelList> {
    await this.commands.execute(new ChangeReadModel(name, change));
    return this.queries.execute(new ListReadModels(member.workspaceId));
  }
}
