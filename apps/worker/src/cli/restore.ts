import { resolve } from 'node:path';
import { openRestored, restoreBackup } from '@ledgerdesk/backup';
import { loadConfiguration } from '@ledgerdesk/config';
import { installProjections } from '@ledgerdesk/read-store';
import { Command } from 'commander';
import { schema } from '../schema.js';
import { described, orSay } from './backup.js';
import { type Installation, withInstallation } from './installation.js';
import { lookAfter } from './look-after.js';

interface RestoreOptions {
  readonly keys: string;
}

export const restoreCommand = new Command('restore')
  .description('puts a backup into an empty installation while no desk runs, and fills its read models')
  .argument('<folder>', 'the state, as "ledgerdesk backup" wrote it')
  .requiredOption('--keys <folder>', 'its keys')
  .action(async (folder: string, { keys }: RestoreOptions, command: Command) => {
    const { database, installationKey } = loadConfiguration();
    const began = performance.now();
    const manifest = await orSay(command, () =>
      restoreBackup({
        databaseUrl: database.url,
        installationKey,
        folder: resolve(folder),
        keysFolder: resolve(keys),
        migrations: schema.migrations,
        install: (owner) => installProjections(schema.projections, owner),
      }),
    );
    await withInstallation(fillReadModels);
    await openRestored(database.url);
    console.log(`Restored ${described(manifest)}, in ${((performance.now() - began) / 1_000).toFixed(1)} s.`);
    console.log('Everybody signs in again. What happened after the backup is not in it.');
  });

/** Works through the ledger until every read model shows it whole. */
async function fillReadModels(installation: Installation): Promise<void> {
  const { store, connections } = installation;
  const head = await store.head();
  await lookAfter(installation, schema.projections, async () => {
    const followers = await connections.use((sql) =>
      sql.rows<{ position: string }>('select position from ledger_checkpoint where name = any($1)', [
        schema.projections.map(({ name }) => name),
      ]),
    );
    return followers.every(({ position }) => store.compare(position, head) >= 0);
  });
}
