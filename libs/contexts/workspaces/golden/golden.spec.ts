import { join } from 'node:path';
import { Personal } from '@ledgerdesk/kernel';
import { describeGoldenEvents } from '@ledgerdesk/testing';
import type { MemberEvent } from '../domain/member.events.js';
import type { RoleEvent } from '../domain/role.events.js';
import type { TeamEvent } from '../domain/team.events.js';
import type { WorkspaceEvent } from '../domain/workspace.events.js';

const WORKSPACE = '00000000-0000-7000-8000-000000000001';
const MEMBER = '00000000-0000-7000-8000-0000000000a1';
const ACCOUNT = '00000000-0000-7000-8000-0000000000a2';
const TEAM = '00000000-0000-7000-8000-0000000000b1';
const ROLE = '00000000-0000-7000-8000-0000000000c1';
const about = (text: string): Personal => new Personal(MEMBER, text);

const settings = { name: 'Northwind', timeZone: 'Europe/Berlin', language: 'de-AT' };
const policy = { reopenWindowDays: 7, autoCloseDays: 10 };

const workspace: { readonly [Type in WorkspaceEvent['type']]: Extract<WorkspaceEvent, { type: Type }>['data'] } = {
  WorkspaceOpened: { workspaceId: WORKSPACE, slug: 'northwind', ...settings, ...policy },
  WorkspaceConfigured: { ...settings, ...policy },
  SecurityPolicyChanged: { secondFactor: 'required', from: { secondFactor: 'optional' } },
  WorkspaceSuspended: { from: 'active', to: 'suspended', reason: 'Sends spam.' },
  WorkspaceReactivated: { from: 'suspended', to: 'active', reason: 'It was another one.' },
};

const member: { readonly [Type in MemberEvent['type']]: Extract<MemberEvent, { type: Type }>['data'] } = {
  MemberJoined: { memberId: MEMBER, accountId: ACCOUNT, name: about('Maya Lindqvist'), role: 'light_agent' },
  ImportedMemberRegistered: {
    memberId: MEMBER,
    name: about('Resolver 125'),
    source: 'servicenow',
    externalId: 'Resolver 125',
  },
  MemberRenamed: { name: about('Maya Berg') },
  MemberRoleChanged: { from: 'light_agent', to: 'agent' },
  MemberDeactivated: {},
  MemberReactivated: {},
  MemberErasureRequested: { keyId: MEMBER, reason: 'no_longer_needed' },
  MemberErased: { keyId: MEMBER },
};

const team: { readonly [Type in TeamEvent['type']]: Extract<TeamEvent, { type: Type }>['data'] } = {
  TeamCreated: { teamId: TEAM, name: 'Billing' },
  TeamRenamed: { name: 'Billing and refunds' },
  TeamMemberAdded: { memberId: MEMBER },
  TeamMemberRemoved: { memberId: MEMBER },
  TeamArchived: {},
};

const role: { readonly [Type in RoleEvent['type']]: Extract<RoleEvent, { type: Type }>['data'] } = {
  RoleDefined: { roleId: ROLE, name: 'Refunds', permissions: ['tickets.read', 'tickets.reply'] },
  RoleChanged: {
    name: 'Returns',
    permissions: ['tickets.read'],
    from: { name: 'Refunds', permissions: ['tickets.read', 'tickets.reply'] },
  },
  RoleRetired: {},
};

describeGoldenEvents(join(__dirname, 'golden.json'), { workspace, member, team, role });
