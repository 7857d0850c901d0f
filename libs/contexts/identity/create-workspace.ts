import type { CommandRunner } from '@ledgerdesk/event-store';
import { type CommandContext, DomainError, nameId } from '@ledgerdesk/kernel';
import { JoinWorkspace, memberDecider, OpenWorkspace, workspaceDecider } from '@ledgerdesk/workspaces';
import { type Accounts, emailText } from './accounts.js';
import { EMAIL, fitPassword } from './first-credentials.js';
import type { Passwords } from './passwords/passwords.js';

export interface CreateWorkspaceTools {
  readonly runner: CommandRunner;
  readonly accounts: Accounts;
  readonly passwords: Passwords;
}

export interface WorkspaceToCreate {
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly owner: { readonly name: string; readonly email: string };
  /** Asks for the password of the owner; only when the address has no account yet. */
  readonly password: () => Promise<string>;
}

/**
 * A workspace with an owner, for installations that begin empty. An address that has an account keeps its password. Safe to
 * repeat: every id follows from the slug and the address.
 * @throws DomainError `workspace.exists` when somebody else owns the slug, `account.email-invalid`, `account.password-unfit`, and
 *   what `OpenWorkspace` and `JoinWorkspace` throw; nothing has been written then
 */
export async function createWorkspace(
  { runner, accounts, passwords }: CreateWorkspaceTools,
  { slug, name, timeZone, owner, password }: WorkspaceToCreate,
): Promise<void> {
  const email = emailText(owner.email);
  if (!EMAIL.test(email)) throw new DomainError('invalid', 'account.email-invalid', 'This is no e-mail address.');
  const known = await accounts.byEmail(email);
  const accountId = known?.accountId ?? nameId('account', email);
  const workspaceId = nameId('workspace', slug);
  const memberId = nameId('member', workspaceId, accountId);
  const open = new OpenWorkspace(workspaceId, { slug, name, timeZone });
  const join = new JoinWorkspace(memberId, accountId, owner.name, 'owner');
  const passwordHash = known?.passwordHash ?? (await passwords.hash(fitPassword(await password(), email)));

  const issued = (step: string): CommandContext => {
    // With the account in it: for somebody else the slug is taken.
    const commandId = nameId('create-workspace', slug, accountId, step);
    const cause = 'job:create-workspace';
    return { workspaceId, actor: 'system:create-workspace', cause, commandId, correlationId: commandId };
  };
  await runner.run(workspaceDecider, open, issued('open'));
  await accounts.register({ accountId, email, passwordHash });
  await runner.run(memberDecider, join, issued('join'));
  await accounts.useSeat({ accountId, workspaceId, memberId });
}
