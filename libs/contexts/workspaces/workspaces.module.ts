import { Module } from '@nestjs/common';
import { commandHandlers } from '@ledgerdesk/event-store';
import { ChangeSeatHandler } from './commands/change-seat.js';
import { Owners } from './commands/owners.js';
import { AddTeamMemberHandler } from './commands/add-team-member.js';
import { ManageRoleHandler } from './commands/manage-roles.js';
import {
  ChangeMemberRole,
  DeactivateMember,
  JoinWorkspace,
  ReactivateMember,
  RegisterImportedMember,
  RenameMember,
} from './domain/member.commands.js';
import { memberDecider } from './domain/member.decider.js';
import { ArchiveTeam, CreateTeam, RemoveTeamMember, RenameTeam } from './domain/team.commands.js';
import { teamDecider } from './domain/team.decider.js';
import { ChangeSecurityPolicy, ConfigureWorkspace, OpenWorkspace } from './domain/workspace.commands.js';
import { workspaceDecider } from './domain/workspace.decider.js';
import { ReactivateWorkspace, SuspendWorkspace } from './domain/workspace-suspension.js';
import { MembersController } from './http/members.controller.js';
import { SeatsController } from './http/seats.controller.js';
import { RolesController } from './http/roles.controller.js';
import { TeamsController } from './http/teams.controller.js';
import { WorkspaceController } from './http/workspace.controller.js';
import { Directory } from './queries/directory.js';
import { Names } from './queries/names.js';
import { RoleBook } from './queries/role-book.js';
import { RightsOfSeats } from './queries/seat-rights.js';
import { GetTeamHandler } from './queries/get-team.js';
import { GetWorkspaceHandler } from './queries/get-workspace.js';
import { GetRoleHandler } from './queries/get-role.js';
import { ListRolesHandler } from './queries/list-roles.js';
import { ListMembersHandler } from './queries/list-members.js';
import { ListTeamsHandler } from './queries/list-teams.js';

@Module({
  controllers: [WorkspaceController, MembersController, SeatsController, TeamsController, RolesController],
  providers: [
    Directory,
    Names,
    RightsOfSeats,
    Owners,
    ChangeSeatHandler,
    RoleBook,
    ManageRoleHandler,
    ListRolesHandler,
    GetRoleHandler,
    ...commandHandlers(workspaceDecider, [
      OpenWorkspace,
      ConfigureWorkspace,
      ChangeSecurityPolicy,
      SuspendWorkspace,
      ReactivateWorkspace,
    ]),
    ...commandHandlers(memberDecider, [
      JoinWorkspace,
      RegisterImportedMember,
      RenameMember,
      ChangeMemberRole,
      DeactivateMember,
      ReactivateMember,
    ]),
    ...commandHandlers(teamDecider, [CreateTeam, RenameTeam, RemoveTeamMember, ArchiveTeam]),
    AddTeamMemberHandler,
    ListMembersHandler,
    ListTeamsHandler,
    GetTeamHandler,
    GetWorkspaceHandler,
  ],
  exports: [Directory, Names, Owners, RightsOfSeats, RoleBook],
})
export class WorkspacesModule {}
