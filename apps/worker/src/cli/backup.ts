import { join, resolve } from 'node:path';
import { BackupRefused, checkBackup, type Manifest, takeBackup } from '@ledgerdesk/backup';
import { loadConfiguration } from '@ledgerdesk/config';
import { Command } from 'commander';

interface BackupOptions {
  readonly out: string;
  readonly keysOut: string;
}

export const backupCommand = new Command('backup')
  .description('writes everything that can not be rebuilt into new folders named by the instant, beside a running desk')
  .requiredOption('--out <folder>', 'holds the folders of the backups')
  .requiredOption('--keys-out <folder>', 'holds the folders of their keys; keep it elsewhere')
  .action(async ({ out, keysOut }: BackupOptions, command: Command) => {
    const { database } = loadConfiguration();
    const name = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    const [folder, keysFolder] = [join(resolve(out), name), join(resolve(keysOut), `${name}-keys`)];
    const began = performance.now();
    const manifest = await orSay(command, () =>
      takeBackup({ databaseUrl: database.url, folder, keysFolder, ledger: 'postgres' }),
    );
    console.log(`${described(manifest)}, in ${((performance.now() - began) / 1_000).toFixed(1)} s.`);
    console.log(`State: ${folder}\nKeys:  ${keysFolder}`);
  })
  .addCommand(
    new Command('check')
      .description('reads every byte of a backup and says whether it can be restored')
      .argument('<folder>', 'the state')
      .argument('<keys>', 'its keys')
      .action(async (folder: string, keys: string, _options: unknown, command: Command) => {
        const manifest = await orSay(command, () => checkBackup(resolve(folder), resolve(keys)));
        console.log(`Whole: ${described(manifest)}.`);
      }),
  );

/** What a person must know to trust a backup. */
export function described({ takenAt, files, position, ledger }: Manifest): string {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const events = files.find(({ table }) => table === 'events')?.rows ?? 0;
  const last = ledger === 'postgres' ? `${String(events)} events up to position ${position || '0'}` : 'no events';
  return `${String(rows)} rows, ${last}, as of ${takenAt}`;
}

/** Runs a step; what it refuses is said in one sentence. */
export async function orSay<T>(command: Command, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof BackupRefused) command.error(`${error.message} (${error.code})`);
    throw error;
  }
}
