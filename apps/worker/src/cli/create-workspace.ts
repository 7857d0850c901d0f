import { Accounts, createWorkspace, HashingQueue, Passwords } from '@ledgerdesk/identity';
import { DomainError, nameId } from '@ledgerdesk/kernel';
import { Command } from 'commander';
import { askPassword } from './ask-password.js';
import { findWorkspace } from './find-workspace.js';
import { withInstallation } from './installation.js';

interface CreateWorkspaceOptions {
  readonly name: string;
  readonly slug: string;
  readonly email: string;
  readonly ownerName?: string;
  readonly timeZone: string;
  readonly passwordFile?: string;
}

export const createWorkspaceCommand = new Command('create-workspace')
  .description('makes a workspace and its owner, who can sign in at once; safe to repeat')
  .requiredOption('--name <name>', 'what people call it')
  .requiredOption('--slug <slug>', 'short name, 2 to 40 of a-z, 0-9 and hyphens, fixed for good')
  .requiredOption('--email <address>', 'what the owner signs in with')
  .option('--owner-name <name>', 'name of the owner; by default what stands before the @')
  .option('--time-zone <zone>', 'zone of the workspace, e.g. Europe/Berlin', 'UTC')
  .option(
    '--password-file <file>',
    'first line is the password of the owner, - for standard input; else it is asked for',
  )
  .action(async (options: CreateWorkspaceOptions) => {
    try {
      await create(options);
      console.log(`The workspace ${options.slug} is there: ${options.email} can sign in.`);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    }
  });

async function create({ name, slug, email, ownerName, timeZone, passwordFile }: CreateWorkspaceOptions): Promise<void> {
  await withInstallation(async ({ store, runner, readStore }) => {
    // A workspace of the demo has another id under the same short name.
    const owned = await findWorkspace(store, slug);
    if (owned !== undefined && owned !== nameId('workspace', slug)) {
      throw new DomainError('conflict', 'workspace.exists', `There is a workspace ${slug} already.`);
    }
    const owner = { email, name: ownerName ?? email.replace(/@.*$/u, '') };
    await createWorkspace(
      { runner, accounts: new Accounts(readStore), passwords: new Passwords(new HashingQueue()) },
      { slug, name, timeZone, owner, password: () => askPassword(passwordFile) },
    );
  });
}
