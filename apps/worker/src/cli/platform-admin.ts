import { HashingQueue, Passwords } from '@ledgerdesk/identity';
import { DomainError } from '@ledgerdesk/kernel';
import { addPlatformAdmin, AdminTable, removePlatformAdmin } from '@ledgerdesk/platform';
import { Command } from 'commander';
import { askPassword } from './ask-password.js';
import { withInstallation } from './installation.js';

interface AddOptions {
  readonly email: string;
  readonly name?: string;
  readonly passwordFile?: string;
}

const add = new Command('add')
  .description('makes somebody a platform admin, who signs in under /platform; safe to repeat')
  .requiredOption('--email <address>', 'what they sign in with; has nothing to do with a seat in a workspace')
  .option('--name <name>', 'what people call them; by default what stands before the @')
  .option('--password-file <file>', 'first line is the password, - for standard input; else it is asked for')
  .action(({ email, name = email.replace(/@.*$/u, ''), passwordFile }: AddOptions) =>
    refusable(async () => {
      const isNew = await withInstallation(({ runner, readStore }) =>
        addPlatformAdmin(
          { runner, admins: new AdminTable(readStore), passwords: new Passwords(new HashingQueue()) },
          { email, name, password: () => askPassword(passwordFile, 'Password of the platform admin: ') },
        ),
      );
      console.log(isNew ? `${email} is a platform admin now.` : `${email} is a platform admin already.`);
    }),
  );

const remove = new Command('remove')
  .description('takes the right away; their sessions end within five seconds. Who lost a password is removed and added')
  .requiredOption('--email <address>', 'whose')
  .action(({ email }: { readonly email: string }) =>
    refusable(async () => {
      await withInstallation(({ runner, readStore }) =>
        removePlatformAdmin({ runner, admins: new AdminTable(readStore) }, email),
      );
      console.log(`${email} is no platform admin any more.`);
    }),
  );

const list = new Command('list').description('names the platform admins').action(async () => {
  const admins = await withInstallation(({ readStore }) => new AdminTable(readStore).list());
  if (admins.length === 0) console.log('There is no platform admin.');
  for (const { email, name, addedAt, lastUsedAt } of admins) {
    console.log(`${email}  ${name}  since ${addedAt.toISOString()}  last seen ${lastUsedAt?.toISOString() ?? 'never'}`);
  }
});

export const platformAdminCommand = new Command('platform-admin')
  .description('says who runs this installation: signs in under /platform, and has no seat in any workspace')
  .addCommand(add)
  .addCommand(remove)
  .addCommand(list);

async function refusable(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
