import { Body, Controller, Inject } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, ForKeys, FreshProof, type Principal } from '@ledgerdesk/auth';
import { type CommandResult, IssuedBy } from '@ledgerdesk/event-store';
import { Answer, CommandEndpoint, generalProblems, Issued, QueryEndpoint } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { ChangeSecurityPolicy, ConfigureWorkspace } from '../domain/workspace.commands.js';
import type { WorkspaceEvent } from '../domain/workspace.events.js';
import type { Workspace } from '../domain/workspace.js';
import { GetWorkspace } from '../queries/get-workspace.js';
import { workspaceProblems as problems } from './workspace.problems.js';
import { ChangeSecurityPolicyBody, ConfigureWorkspaceBody, workspaceView, WorkspaceView } from './workspace.schemas.js';

/** The own workspace: there is no way to name another one. */
@ApiTags('workspace')
@Controller('workspace')
export class WorkspaceController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @QueryEndpoint({ name: 'getWorkspace', summary: 'The workspace and its settings', answers: WorkspaceView })
  @Can('read', 'Workspace')
  @ForKeys('workspace:read')
  getWorkspace(@CurrentMember() member: Principal): Promise<Answer<WorkspaceView>> {
    return this.queries.execute(new GetWorkspace(member.workspaceId));
  }

  @CommandEndpoint({
    name: 'configureWorkspace',
    path: 'configure',
    summary: 'Change the settings that are named; tickets solved before keep the periods they were solved with',
    guarded: true,
    answers: WorkspaceView,
    problems: [problems.workspaceNameEmpty, problems.timeZoneUnknown, problems.languageUnknown],
  })
  @Can('configure', 'Workspace')
  async configureWorkspace(
    @Body({ schema: ConfigureWorkspaceBody }) settings: ConfigureWorkspaceBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<WorkspaceView>> {
    return this.#changed(new ConfigureWorkspace(issued.workspaceId, settings), issued);
  }

  @CommandEndpoint({
    name: 'changeSecurityPolicy',
    path: 'security',
    summary: 'Change how members prove who they are; reaches everybody within five seconds',
    guarded: true,
    answers: WorkspaceView,
    problems: [generalProblems.stepUpRequired],
  })
  @Can('secure', 'Workspace')
  @FreshProof()
  async changeSecurityPolicy(
    @Body({ schema: ChangeSecurityPolicyBody }) policy: ChangeSecurityPolicyBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<WorkspaceView>> {
    return this.#changed(new ChangeSecurityPolicy(issued.workspaceId, policy), issued);
  }

  async #changed(
    command: ConfigureWorkspace | ChangeSecurityPolicy,
    issued: CommandContext,
  ): Promise<Answer<WorkspaceView>> {
    const { state, version, position } = await this.commands.execute<object, CommandResult<Workspace, WorkspaceEvent>>(
      command,
      new IssuedBy(issued),
    );
    return new Answer(workspaceView(state), { version, position });
  }
}
