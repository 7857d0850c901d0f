import { Body, Controller, Inject, Param } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, type Principal } from '@ledgerdesk/auth';
import { IssuedBy } from '@ledgerdesk/event-store';
import { Answer, CommandEndpoint, IdToCreate, Issued, QueryEndpoint } from '@ledgerdesk/http';
import { type CommandContext, customRole } from '@ledgerdesk/kernel';
import { ManageRole } from '../commands/manage-roles.js';
import { ChangeRole, DefineRole, RetireRole } from '../domain/role.commands.js';
import { GetRole } from '../queries/get-role.js';
import { ListRoles } from '../queries/list-roles.js';
import { roleProblems as problems } from './role.problems.js';
import { RoleIdPipe } from './role-id.pipe.js';
import { ChangeRoleBody, DefineRoleBody, RetireRoleBody, RolesView, RoleView } from './roles.schemas.js';

const reads = ['members', 'roles'];

/** The six roles that every workspace has, and those that this one made of the permissions of the catalogue. */
@ApiTags('roles')
@Controller('roles')
export class RolesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @QueryEndpoint({
    name: 'listRoles',
    summary: 'All roles with what they may do and how many members have them, and the permissions that there are',
    answers: RolesView,
    reads,
  })
  @Can('read', 'Role')
  listRoles(@CurrentMember() member: Principal): Promise<RolesView> {
    return this.queries.execute(new ListRoles(member.workspaceId));
  }

  @QueryEndpoint({
    name: 'getRole',
    path: ':roleId',
    summary: 'One role of the workspace, as it is now',
    answers: RoleView,
    problems: problems.forReads,
    reads,
  })
  @Can('read', 'Role')
  getRole(@Param('roleId', RoleIdPipe) id: string, @CurrentMember() member: Principal): Promise<Answer<RoleView>> {
    return this.queries.execute(new GetRole(member.workspaceId, id));
  }

  @CommandEndpoint({
    name: 'defineRole',
    summary: 'Make a role of permissions that you have yourself',
    status: 201,
    answers: RoleView,
    problems: problems.forDefinitions,
  })
  @Can('manage', 'Role')
  async defineRole(
    @Body({ schema: DefineRoleBody }) { name, permissions }: DefineRoleBody,
    @CurrentMember() by: Principal,
    @Issued() issued: CommandContext,
    @IdToCreate() id: string,
  ): Promise<Answer<RoleView>> {
    const location = `/api/v1/roles/${customRole(id)}`;
    return this.#manage(new ManageRole(by, new DefineRole(id, name, permissions)), issued, { location });
  }

  @CommandEndpoint({
    name: 'changeRole',
    path: ':roleId/change',
    summary: 'Another name or other permissions; effective for its members within five seconds',
    guarded: true,
    answers: RoleView,
    problems: problems.forChanges,
  })
  @Can('manage', 'Role')
  changeRole(
    @Param('roleId', RoleIdPipe) id: string,
    @Body({ schema: ChangeRoleBody }) body: ChangeRoleBody,
    @CurrentMember() by: Principal,
    @Issued() issued: CommandContext,
  ): Promise<Answer<RoleView>> {
    return this.#manage(new ManageRole(by, new ChangeRole(id, body)), issued);
  }

  @CommandEndpoint({
    name: 'retireRole',
    path: ':roleId/retire',
    summary: 'Give a role that nobody has to nobody any more',
    guarded: true,
    answers: RoleView,
    problems: problems.forRetirement,
  })
  @Can('manage', 'Role')
  retireRole(
    @Param('roleId', RoleIdPipe) id: string,
    @Body({ schema: RetireRoleBody }) _: unknown,
    @CurrentMember() by: Principal,
    @Issued() issued: CommandContext,
  ): Promise<Answer<RoleView>> {
    return this.#manage(new ManageRole(by, new RetireRole(id)), issued);
  }

  async #manage(
    command: ManageRole,
    issued: CommandContext,
    more: { readonly location?: string } = {},
  ): Promise<Answer<RoleView>> {
    const { position } = await this.commands.execute(command, new IssuedBy(issued));
    const { body, facts } = await this.queries.execute(new GetRole(issued.workspaceId, command.command.roleId));
    return new Answer(body, { ...facts, position, ...more });
  }
}
