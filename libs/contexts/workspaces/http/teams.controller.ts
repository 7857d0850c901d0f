import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, ForKeys, type Principal } from '@ledgerdesk/auth';
import { type CommandResult, IssuedBy } from '@ledgerdesk/event-store';
import { Answer, CommandEndpoint, IdToCreate, Issued, QueryEndpoint } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { AddTeamMember, ArchiveTeam, CreateTeam, RemoveTeamMember, RenameTeam } from '../domain/team.commands.js';
import type { TeamEvent } from '../domain/team.events.js';
import type { Team } from '../domain/team.js';
import { GetTeam } from '../queries/get-team.js';
import { ListTeams } from '../queries/list-teams.js';
import { workspaceProblems as problems } from './workspace.problems.js';
import {
  AddTeamMemberBody,
  CreateTeamBody,
  PageQuery,
  RenameTeamBody,
  TeamPage,
  TeamView,
} from './workspace.schemas.js';

@ApiTags('teams')
@Controller('teams')
export class TeamsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @QueryEndpoint({ name: 'listTeams', summary: 'Teams with their members', answers: TeamPage, reads: ['teams'] })
  @Can('read', 'Team')
  @ForKeys('workspace:read')
  listTeams(
    @Query({ schema: PageQuery }) page: PageQuery,
    @CurrentMember() member: Principal,
  ): Promise<Answer<TeamPage>> {
    return this.queries.execute(new ListTeams(member.workspaceId, page));
  }

  @QueryEndpoint({
    name: 'getTeam',
    path: ':teamId',
    summary: 'One team',
    answers: TeamView,
    problems: [problems.teamNotFound],
    reads: ['teams'],
  })
  @Can('read', 'Team')
  @ForKeys('workspace:read')
  getTeam(@Param('teamId') id: string, @CurrentMember() member: Principal): Promise<Answer<TeamView>> {
    return this.queries.execute(new GetTeam(member.workspaceId, id));
  }

  @CommandEndpoint({
    name: 'createTeam',
    summary: 'Create a team',
    status: 201,
    answers: TeamView,
    problems: [problems.nameEmpty],
  })
  @Can('create', 'Team')
  @ForKeys('teams:write')
  async createTeam(
    @Body({ schema: CreateTeamBody }) { name }: CreateTeamBody,
    @Issued() issued: CommandContext,
    @IdToCreate() id: string,
  ): Promise<Answer<TeamView>> {
    return this.#execute(new CreateTeam(id, name), issued, { location: `/api/v1/teams/${id}` });
  }

  @CommandEndpoint({
    name: 'renameTeam',
    path: ':teamId/rename',
    summary: 'Give a team another name',
    guarded: true,
    answers: TeamView,
    problems: [problems.teamNotFound, problems.nameEmpty, problems.archived],
  })
  @Can('edit', 'Team')
  @ForKeys('teams:write')
  async renameTeam(
    @Param('teamId') id: string,
    @Body({ schema: RenameTeamBody }) { name }: RenameTeamBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TeamView>> {
    return this.#execute(new RenameTeam(id, name), issued);
  }

  @CommandEndpoint({
    name: 'addTeamMember',
    path: ':teamId/members',
    summary: 'Add a member to a team',
    answers: TeamView,
    problems: [problems.teamNotFound, problems.memberNotFound, problems.archived, problems.full],
  })
  @Can('edit', 'Team')
  @ForKeys('teams:write')
  async addTeamMember(
    @Param('teamId') id: string,
    @Body({ schema: AddTeamMemberBody }) { memberId }: AddTeamMemberBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TeamView>> {
    return this.#execute(new AddTeamMember(id, memberId), issued);
  }

  @CommandEndpoint({
    name: 'removeTeamMember',
    method: 'delete',
    path: ':teamId/members/:memberId',
    summary: 'Take a member out of a team',
    answers: TeamView,
    problems: [problems.teamNotFound, problems.archived],
  })
  @Can('edit', 'Team')
  @ForKeys('teams:write')
  async removeTeamMember(
    @Param('teamId') id: string,
    @Param('memberId') memberId: string,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TeamView>> {
    return this.#execute(new RemoveTeamMember(id, memberId), issued);
  }

  @CommandEndpoint({
    name: 'archiveTeam',
    path: ':teamId/archive',
    summary: 'Send no new work to a team',
    answers: TeamView,
    problems: [problems.teamNotFound],
  })
  @Can('archive', 'Team')
  @ForKeys('teams:write')
  async archiveTeam(@Param('teamId') id: string, @Issued() issued: CommandContext): Promise<Answer<TeamView>> {
    return this.#execute(new ArchiveTeam(id), issued);
  }

  async #execute(
    command: object,
    issued: CommandContext,
    facts: { readonly location?: string } = {},
  ): Promise<Answer<TeamView>> {
    const { state, version, position } = await this.commands.execute<object, CommandResult<Team, TeamEvent>>(
      command,
      new IssuedBy(issued),
    );
    const { teamId, name, memberIds, archived } = state;
    return new Answer({ id: teamId, name, memberIds, archived }, { version, position, ...facts });
  }
}
