export * from './domain/member.commands.js';
export { Owners } from './commands/owners.js';
export { memberDecider } from './domain/member.decider.js';
export type { MemberEvent } from './domain/member.events.js';
export type { Member } from './domain/member.js';
export * from './domain/team.commands.js';
export { teamDecider } from './domain/team.decider.js';
export type { TeamEvent } from './domain/team.events.js';
export type { Team } from './domain/team.js';
export * from './domain/workspace.commands.js';
export { workspaceDecider } from './domain/workspace.decider.js';
export type { WorkspaceEvent } from './domain/workspace.events.js';
export {
  LONGEST_REASON,
  ReactivateWorkspace,
  SuspendWorkspace,
  type Suspension,
} from './domain/workspace-suspension.js';
export { DEFAULT_POLICY } from './domain/workspace.js';
export type { Workspace, WorkspacePolicy, WorkspaceSettings } from './domain/workspace.js';
export { SuspensionView } from './http/suspension.schema.js';
export { WORKSPACE_GRANTABLE, WORKSPACE_PERMISSIONS } from './permissions.js';
export { Directory, type NamedMember } from './queries/directory.js';
export { type IdsByName, Names } from './queries/names.js';
export { RoleBook } from './queries/role-book.js';
export { RightsOfSeats, type SeatRights } from './queries/seat-rights.js';
export { roleDecider } from './domain/role.decider.js';
export type { RoleEvent } from './domain/role.events.js';
export { roleName } from './http/roles.schemas.js';
export { roles } from './read-models/roles.projection.js';
export { members } from './read-models/members.projection.js';
export { teams } from './read-models/teams.projection.js';
export { suspendedWorkspaces } from './queries/suspended-workspaces.js';
export { workspaces } from './read-models/workspaces.projection.js';
export { WorkspacesModule } from './workspaces.module.js';
