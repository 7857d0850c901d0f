import { z } from 'zod';
import { roleName } from './roles.schemas.js';
import { LONGEST_PERIOD_DAYS, LONGEST_UNDO_SEND_SECONDS } from '../domain/workspace.commands.js';
import { LONGEST_NAME } from '../domain/workspace-text.js';
import {
  AGENTS_SEE,
  SECOND_FACTOR,
  SUPPORT_ACCESS,
  type Workspace,
  type WorkspaceSettings,
} from '../domain/workspace.js';

const MEMBER_ID = '01936c0e-7a00-7000-8000-000000000001';
const TEAM = {
  id: '01936c0e-7a00-7000-8000-000000000003',
  name: 'Billing',
  memberIds: [MEMBER_ID],
  archived: false,
};
const MEMBER = { id: MEMBER_ID, name: 'Maya Lindqvist', role: 'agent', status: 'active', canSignIn: true } as const;

const SETTINGS = {
  name: 'Northwind',
  timeZone: 'Europe/Berlin',
  language: 'en',
  reopenWindowDays: 7,
  autoCloseDays: 7,
  undoSendSeconds: 10,
  agentsSee: 'all_tickets',
  supportAccess: 'allowed',
};
const SECURITY = { secondFactor: 'optional' } as const;
const WORKSPACE = { id: '01936c0e-7a00-7000-8000-000000000002', slug: 'northwind', ...SETTINGS, ...SECURITY };

const days = z.int().min(0).max(LONGEST_PERIOD_DAYS);
const settings = z.strictObject({
  name: z.string().min(1).max(LONGEST_NAME),
  timeZone: z.string().min(1).max(64).meta({ description: 'IANA name' }),
  language: z.string().min(1).max(35).meta({ description: 'BCP 47 tag of the language that the desk starts in' }),
  reopenWindowDays: days.meta({ description: 'How long a message from the customer reopens a solved ticket' }),
  autoCloseDays: days.meta({ description: 'When a solved ticket is closed for good' }),
  undoSendSeconds: z.int().min(0).max(LONGEST_UNDO_SEND_SECONDS).meta({
    description: 'How long a reply that was sent from the desk can be taken back; 0 sends it at once',
  }),
  agentsSee: z.enum(AGENTS_SEE).meta({
    id: 'AgentsSee',
    description: 'Which tickets agents and light agents see: all, or those of their own teams and their own',
  }),
  supportAccess: z.enum(SUPPORT_ACCESS).meta({
    id: 'SupportAccess',
    description: 'Whether those who run the installation may act as members, for an hour at most and in the ledger',
  }),
});

const security = z.strictObject({
  secondFactor: z.enum(SECOND_FACTOR).meta({
    description: '`required`: members without a second factor can do nothing but set one up',
  }),
});

export const WorkspaceView = settings
  .extend({ ...security.shape, id: z.uuid(), slug: z.string().meta({ description: 'Fixed for good' }) })
  .meta({ id: 'Workspace', example: WORKSPACE });
export type WorkspaceView = z.infer<typeof WorkspaceView>;

export function workspaceView({ workspaceId, slug, ...workspace }: Workspace): WorkspaceView {
  return { id: workspaceId, slug, ...settingsOf(workspace), secondFactor: workspace.secondFactor };
}

function settingsOf(workspace: WorkspaceSettings): WorkspaceSettings {
  const { name, timeZone, language, reopenWindowDays, autoCloseDays, undoSendSeconds, agentsSee, supportAccess } =
    workspace;
  return { name, timeZone, language, reopenWindowDays, autoCloseDays, undoSendSeconds, agentsSee, supportAccess };
}

export const ConfigureWorkspaceBody = settings
  .partial()
  .meta({ id: 'ConfigureWorkspace', example: { reopenWindowDays: 14, autoCloseDays: 30 } });
export type ConfigureWorkspaceBody = z.infer<typeof ConfigureWorkspaceBody>;

export const ChangeSecurityPolicyBody = security
  .partial()
  .meta({ id: 'ChangeSecurityPolicy', example: { secondFactor: 'required' } });
export type ChangeSecurityPolicyBody = z.infer<typeof ChangeSecurityPolicyBody>;

const page = z.object({
  next: z.string().nullable().meta({ description: 'Cursor of the next page' }),
  hasMore: z.boolean(),
});
const LAST_PAGE = { next: null, hasMore: false };

export const MemberView = z
  .object({
    id: z.uuid(),
    name: z.string().nullable().meta({ description: 'null when the person was erased' }),
    role: roleName,
    status: z.enum(['active', 'deactivated', 'erased']),
    canSignIn: z.boolean().meta({ description: 'false for people who only appear in imported history' }),
  })
  .meta({ id: 'Member', example: MEMBER });
export type MemberView = z.infer<typeof MemberView>;

export const ChangeMemberRoleBody = z
  .strictObject({ role: roleName })
  .meta({ id: 'ChangeMemberRole', example: { role: 'supervisor' } });
export type ChangeMemberRoleBody = z.infer<typeof ChangeMemberRoleBody>;

export const MemberPage = z
  .object({ data: z.array(MemberView), page })
  .meta({ id: 'MemberPage', example: { data: [MEMBER], page: LAST_PAGE } });
export type MemberPage = z.infer<typeof MemberPage>;

export const TeamView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    memberIds: z.array(z.uuid()).readonly(),
    archived: z.boolean().meta({ description: 'No new work goes to an archived team' }),
  })
  .meta({ id: 'Team', example: TEAM });
export type TeamView = z.infer<typeof TeamView>;

export const TeamPage = z
  .object({ data: z.array(TeamView), page })
  .meta({ id: 'TeamPage', example: { data: [TEAM], page: LAST_PAGE } });
export type TeamPage = z.infer<typeof TeamPage>;

const teamName = z.string().min(1).max(LONGEST_NAME).meta({ example: TEAM.name });

export const CreateTeamBody = z
  .strictObject({ name: teamName })
  .meta({ id: 'CreateTeam', example: { name: TEAM.name } });
export type CreateTeamBody = z.infer<typeof CreateTeamBody>;

export const RenameTeamBody = z
  .strictObject({ name: teamName })
  .meta({ id: 'RenameTeam', example: { name: TEAM.name } });
export type RenameTeamBody = z.infer<typeof RenameTeamBody>;

export const AddTeamMemberBody = z
  .strictObject({ memberId: z.uuid().meta({ example: MEMBER_ID }) })
  .meta({ id: 'AddTeamMember', example: { memberId: MEMBER_ID } });
export type AddTeamMemberBody = z.infer<typeof AddTeamMemberBody>;

export const PageQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/)
    .transform(Number)
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: 100, description: '100 by default', example: 100 }),
  after: z.string().max(2_048).optional().meta({ description: '`page.next` of the page before' }),
});
export type PageQuery = z.infer<typeof PageQuery>;
