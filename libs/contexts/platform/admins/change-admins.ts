import type { CommandRunner } from '@ledgerdesk/event-store';
import { EMAIL, emailText, fitPassword, type Passwords } from '@ledgerdesk/identity';
import { type CommandContext, DomainError, nameId, newId, PLATFORM_WORKSPACE } from '@ledgerdesk/kernel';
import { AddPlatformAdmin, platformAdminDecider, RemovePlatformAdmin } from '../domain/platform-admin.js';
import type { AdminTable } from './admin-table.js';

interface Tools {
  readonly runner: CommandRunner;
  readonly admins: AdminTable;
}

/** Whom the command line names. */
export interface AdminToAdd {
  readonly email: string;
  readonly name: string;
  /** Asks for the password; only when there is no such admin yet. */
  readonly password: () => Promise<string>;
}

/**
 * Makes somebody a platform admin. Only the command line calls this: whoever can, has the installation key anyway. Safe to repeat;
 * somebody who is one already keeps name and password.
 * @returns whether they are one only now
 * @throws DomainError `account.email-invalid`, `account.password-unfit`, `platform-admin.name-invalid`; nothing has been written then
 */
export async function addPlatformAdmin(
  { runner, admins, passwords }: Tools & { readonly passwords: Passwords },
  { email: given, name, password }: AdminToAdd,
): Promise<boolean> {
  const email = emailText(given);
  if (!EMAIL.test(email)) throw new DomainError('invalid', 'account.email-invalid', 'This is no e-mail address.');
  const adminId = idOf(email);
  const command = new AddPlatformAdmin(adminId, name);
  const known = await admins.byEmail(email);
  const passwordHash = known?.passwordHash ?? (await passwords.hash(fitPassword(await password(), email)));
  // The event first: nobody can sign in as an admin of whom the ledger does not know.
  await runner.run(platformAdminDecider, command, issued());
  await admins.add({ adminId, email, name: command.name, passwordHash });
  return known === undefined;
}

/**
 * Takes the right to run the installation away, at once: their tokens are refused within five seconds. Safe to repeat.
 * @throws DomainError `platform-admin.not-found`
 */
export async function removePlatformAdmin({ runner, admins }: Tools, email: string): Promise<void> {
  const adminId = idOf(emailText(email));
  const wasThere = await admins.remove(adminId);
  const { events } = await runner.run(platformAdminDecider, new RemovePlatformAdmin(adminId), issued());
  if (wasThere || events.length > 0) return;
  throw new DomainError('not-found', 'platform-admin.not-found', `${email} is no platform admin.`);
}

/** The same for the same address, so that somebody who comes back has one history. */
function idOf(email: string): string {
  return nameId('platform-admin', email);
}

function issued(): CommandContext {
  const commandId = newId();
  const cause = 'job:platform-admin';
  return {
    workspaceId: PLATFORM_WORKSPACE,
    actor: 'system:command-line',
    cause,
    commandId,
    correlationId: commandId,
  };
}
