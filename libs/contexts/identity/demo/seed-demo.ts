import type { CommandRunner } from '@ledgerdesk/event-store';
import { type CommandContext, nameId } from '@ledgerdesk/kernel';
import {
  AddTeamMember,
  CreateTeam,
  JoinWorkspace,
  memberDecider,
  OpenWorkspace,
  teamDecider,
  workspaceDecider,
} from '@ledgerdesk/workspaces';
import type { Accounts } from '../accounts.js';
import type { Passwords } from '../passwords/passwords.js';
import { DEMO_PASSWORD, DEMO_WORKSPACES, demoIds, type DemoPerson, type DemoWorkspace } from './demo-people.js';

export interface DemoSeedTools {
  readonly runner: CommandRunner;
  readonly accounts: Accounts;
  readonly passwords: Passwords;
}

/** Makes the demo workspaces with their people and teams. Every id is fixed, so a second run changes nothing. */
export async function seedDemo(tools: DemoSeedTools): Promise<void> {
  // One hash for all: the password is public, so there is nothing that salts of their own would protect.
  const passwordHash = await tools.passwords.hash(DEMO_PASSWORD);
  for (const workspace of DEMO_WORKSPACES) {
    const issued = issuer(demoIds.workspace(workspace.slug));
    await openWorkspace(tools, workspace, issued);
    for (const person of workspace.people) await seatPerson(tools, workspace, person, passwordHash, issued);
    await formTeams(tools, workspace, issued);
  }
}

type Issuer = (...words: readonly string[]) => CommandContext;

/** Command ids that are the same on every run make repeated commands answer from the ledger. */
function issuer(workspaceId: string): Issuer {
  return (...words) => {
    const commandId = nameId('demo', 'command', workspaceId, ...words);
    return { workspaceId, actor: 'system:seed', cause: 'job:seed-demo', commandId, correlationId: commandId };
  };
}

async function openWorkspace({ runner }: DemoSeedTools, workspace: DemoWorkspace, issued: Issuer): Promise<void> {
  const { slug, name, timeZone } = workspace;
  const command = new OpenWorkspace(demoIds.workspace(slug), { slug, name, timeZone });
  await runner.run(workspaceDecider, command, issued('open'));
}

async function seatPerson(
  { runner, accounts }: DemoSeedTools,
  { slug }: DemoWorkspace,
  { email, name, role }: DemoPerson,
  passwordHash: string,
  issued: Issuer,
): Promise<void> {
  const accountId = demoIds.account(email);
  const memberId = demoIds.member(slug, email);
  await accounts.register({ accountId, email, passwordHash });
  await runner.run(memberDecider, new JoinWorkspace(memberId, accountId, name, role), issued('join', email));
  await accounts.useSeat({ accountId, workspaceId: demoIds.workspace(slug), memberId });
}

async function formTeams({ runner }: DemoSeedTools, { slug, teams }: DemoWorkspace, issued: Issuer): Promise<void> {
  for (const { name, members } of teams) {
    const teamId = demoIds.team(slug, name);
    await runner.run(teamDecider, new CreateTeam(teamId, name), issued('team', name));
    for (const email of members) {
      const command = new AddTeamMember(teamId, demoIds.member(slug, email));
      await runner.run(teamDecider, command, issued('team', name, email));
    }
  }
}
