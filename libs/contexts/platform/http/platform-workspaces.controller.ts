import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { ForPlatformAdmins } from '@ledgerdesk/auth';
import { type CommandResult, IssuedBy } from '@ledgerdesk/event-store';
import { Answer, CommandEndpoint, Issued, QueryEndpoint } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { ReactivateWorkspace, SuspendWorkspace, type Workspace, type WorkspaceEvent } from '@ledgerdesk/workspaces';
import { WorkspaceUsage } from '../workspaces/workspace-usage.js';
import { platformWorkspaceProblems as problems } from './platform-workspace.problems.js';
import {
  PlatformWorkspacePage,
  PlatformWorkspacesQuery,
  PlatformWorkspaceView,
  ReasonBody,
} from './platform-workspace.schemas.js';
import { WorkspaceIdPipe } from './workspace-id.pipe.js';

/** The workspaces of the installation, for those who run it: how much they are used, and stopping one. */
@ApiTags('platform')
@Controller('platform/workspaces')
@ForPlatformAdmins()
export class PlatformWorkspacesController {
  constructor(
    @Inject(WorkspaceUsage) private readonly usage: WorkspaceUsage,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  @QueryEndpoint({
    name: 'listPlatformWorkspaces',
    summary: 'The workspaces of the installation by short name, with their usage',
    answers: PlatformWorkspacePage,
    reads: ['workspaces'],
  })
  async listPlatformWorkspaces(
    @Query({ schema: PlatformWorkspacesQuery }) query: PlatformWorkspacesQuery,
  ): Promise<Answer<PlatformWorkspacePage>> {
    const found = await this.usage.page(query);
    return new Answer(found, found.page.next === null ? {} : { next: found.page.next });
  }

  @QueryEndpoint({
    name: 'getPlatformWorkspace',
    path: ':id',
    summary: 'One workspace: usage, who can sign in, and whether it is suspended',
    answers: PlatformWorkspaceView,
    reads: ['workspaces'],
    problems: [problems.notFound],
  })
  async getPlatformWorkspace(@Param('id', WorkspaceIdPipe) id: string): Promise<PlatformWorkspaceView> {
    return this.usage.of(id);
  }

  @CommandEndpoint({
    name: 'suspendWorkspace',
    path: ':id/suspend',
    summary: 'Stop a workspace on every node within five seconds: it can be read and exported, and nothing else',
    answers: PlatformWorkspaceView,
    problems: [problems.notFound, problems.reasonInvalid],
  })
  async suspendWorkspace(
    @Param('id', WorkspaceIdPipe) id: string,
    @Body({ schema: ReasonBody }) { reason }: ReasonBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<PlatformWorkspaceView>> {
    return this.#change(new SuspendWorkspace(id, reason), issued);
  }

  @CommandEndpoint({
    name: 'reactivateWorkspace',
    path: ':id/reactivate',
    summary: 'Let a suspended workspace go on, with everything that waited',
    answers: PlatformWorkspaceView,
    problems: [problems.notFound, problems.reasonInvalid],
  })
  async reactivateWorkspace(
    @Param('id', WorkspaceIdPipe) id: string,
    @Body({ schema: ReasonBody }) { reason }: ReasonBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<PlatformWorkspaceView>> {
    return this.#change(new ReactivateWorkspace(id, reason), issued);
  }

  /** The event stands in the ledger of the workspace, where its own people read it. */
  async #change(
    command: SuspendWorkspace | ReactivateWorkspace,
    issued: CommandContext,
  ): Promise<Answer<PlatformWorkspaceView>> {
    const { workspaceId } = command;
    const { state, position } = await this.commands.execute<object, CommandResult<Workspace, WorkspaceEvent>>(
      command,
      new IssuedBy({ ...issued, workspaceId }),
    );
    const view = await this.usage.of(workspaceId);
    // The read model may be a moment behind.
    return new Answer({ ...view, suspension: state.suspension ?? null }, { position });
  }
}
