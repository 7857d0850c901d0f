import { type Grantable, type Permissions, ROLES } from '@ledgerdesk/auth';

const KEEPERS = ['owner', 'admin'] as const;
const LEADERS = ['owner', 'admin', 'supervisor'] as const;

/** Everybody sees where and with whom they work; those who lead the desk arrange the teams, those who keep it its settings. */
export const WORKSPACE_PERMISSIONS: Permissions = {
  Workspace: { read: ROLES, configure: KEEPERS, secure: KEEPERS },
  Member: { read: ROLES, invite: KEEPERS, edit: KEEPERS, erase: KEEPERS },
  Role: { read: ROLES, manage: KEEPERS },
  Team: { read: ROLES, create: LEADERS, edit: LEADERS, archive: LEADERS },
};

export const WORKSPACE_GRANTABLE: Grantable = {
  'members.manage': { opens: { Member: ['invite', 'edit'] } },
  'teams.manage': { opens: { Team: ['create', 'edit', 'archive'] } },
  'workspace.configure': { opens: { Workspace: ['configure'] } },
  'roles.manage': { opens: { Role: ['manage'] } },
};
