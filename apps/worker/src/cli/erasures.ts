import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type ErasureReceipt, parseReceipts, receiptLines, ReceiptsUnreadable } from '@ledgerdesk/event-store';
import { Command } from 'commander';
import { isAboutFiles, sentenceOf } from './file-errors.js';
import { type Installation, withInstallation } from './installation.js';
import { replayErasures } from './replay-erasures.js';

const exportCommand = new Command('export')
  .description('writes the receipts of all erasures to a file; keep it with, and newer than, your backups')
  .argument('<file>', 'is replaced when it exists')
  .action((file: string) =>
    telling(async () => {
      const receipts = await withInstallation(allReceipts);
      await writeWhole(file, [...receiptLines(receipts)].join(''));
      console.log(`${String(receipts.length)} receipts are in ${file}.`);
    }),
  );

const replayCommand = new Command('replay')
  .description('erases again, on a restored installation, everybody who was erased; before anybody works with it')
  .argument('<file>', 'receipts that were exported')
  .action((file: string) =>
    telling(async () => {
      const receipts = parseReceipts(await readFile(file, 'utf8'));
      await withInstallation((installation) => replayErasures(receipts, installation));
      console.log(
        `${String(receipts.length)} keys are destroyed. If read models were restored, run "ledgerdesk rebuild".`,
      );
    }),
  );

export const erasuresCommand = new Command('erasures')
  .description('receipts of erasures, to be carried outside the installation and replayed on a restored backup')
  .addCommand(exportCommand)
  .addCommand(replayCommand);

/** Every receipt of the installation. */
export function allReceipts({ connections }: Pick<Installation, 'connections'>): Promise<readonly ErasureReceipt[]> {
  return connections.use(async (sql) => {
    const rows = await sql.rows<ErasureReceipt & { requestedAt: Date; destroyedAt: Date }>(
      `select workspace_id as "workspaceId", key_id as "keyId", person, requested_event as "requestedEvent",
         requested_at as "requestedAt", destroyed_at as "destroyedAt"
       from erasure_receipt order by destroyed_at, workspace_id, key_id`,
    );
    return rows.map(({ requestedAt, destroyedAt, ...receipt }) => ({
      ...receipt,
      requestedAt: requestedAt.toISOString(),
      destroyedAt: destroyedAt.toISOString(),
    }));
  });
}

/** All of it or nothing: a full disk leaves the file that was there. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${String(process.pid)}.part`;
  try {
    await writeFile(draft, text, { mode: 0o600, flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function telling(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ReceiptsUnreadable) && !isAboutFiles(error)) throw error;
    console.error(isAboutFiles(error) ? sentenceOf(error) : error.message);
    process.exitCode = 1;
  }
}
