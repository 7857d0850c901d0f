import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openRestored, restoreBackup } from '@ledgerdesk/backup';
import { loadConfiguration } from '@ledgerdesk/config';
import { type ErasureReceipt, parseReceipts, ReceiptsUnreadable } from '@ledgerdesk/event-store';
import { verifyLedger } from '@ledgerdesk/proof';
import { installProjections } from '@ledgerdesk/read-store';
import { Command } from 'commander';
import { schema } from '../schema.js';
import { described, orSay } from './backup.js';
import { type Installation, withInstallation } from './installation.js';
import { lookAfter } from './look-after.js';
import { replayErasures } from './replay-erasures.js';

interface RestoreOptions {
  readonly keys: string;
  readonly receipts?: string;
}

export const restoreCommand = new Command('restore')
  .description('puts a backup into an empty installation while no desk runs, and fills its read models')
  .argument('<folder>', 'the state, as "ledgerdesk backup" wrote it')
  .requiredOption('--keys <folder>', 'its keys')
  .option(
    '--receipts <file>',
    'erasures until now, as "ledgerdesk erasures export" wrote them: these persons stay erased',
  )
  .action(async (folder: string, { keys, receipts: file }: RestoreOptions, command: Command) => {
    const { database, installationKey } = loadConfiguration();
    const receipts = await readReceipts(file, command);
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
    await withInstallation(async (installation) => {
      await replayErasures(receipts, installation);
      await fillReadModels(installation);
      await tellProof(installation, installationKey);
    });
    await openRestored(database.url);
    tellErasures(receipts, file);
    console.log(`Restored ${described(manifest)}, in ${((performance.now() - began) / 1_000).toFixed(1)} s.`);
    console.log('Everybody signs in again. What happened after the backup is not in it.');
  });

/** Before anything is written: a file that can't be read would leave persons readable who must not be. */
async function readReceipts(file: string | undefined, command: Command): Promise<readonly ErasureReceipt[]> {
  if (file === undefined) return [];
  const text = await readFile(resolve(file), 'utf8').catch(() =>
    command.error(`${file} can not be read: name the file that "ledgerdesk erasures export" wrote.`),
  );
  try {
    return parseReceipts(text);
  } catch (error) {
    if (error instanceof ReceiptsUnreadable) command.error(error.message);
    throw error;
  }
}

/** A ledger that is damaged was so before: it is said, and the desk opens all the same. */
async function tellProof({ store, connections }: Installation, installationKey: Uint8Array): Promise<void> {
  const { finding, events } = await verifyLedger({ store, connections, trust: { installationKey } });
  if (finding) console.error(finding.sentence);
  else console.log(`${String(events)} events checked: every hash, every chain and every seal holds.`);
}

function tellErasures(receipts: readonly ErasureReceipt[], file: string | undefined): void {
  if (file === undefined)
    console.log(
      'Without --receipts: whoever was erased after the backup is readable again until "ledgerdesk erasures replay".',
    );
  else console.log(`${String(receipts.length)} erasures were carried out again.`);
}

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
