import { MoveRefused, newFileKey, writeExport, writeWholeFile } from '@ledgerdesk/portability';
import { Command, Option } from 'commander';
import { askPassphrase } from './ask-password.js';
import { findWorkspace } from './find-workspace.js';
import { withInstallation } from './installation.js';
import { moving } from './moves.js';

interface ExportOptions {
  readonly workspace: string;
  readonly out: string;
  readonly withKeys?: true;
  readonly passphraseFile?: string;
}

export const exportCommand = new Command('export')
  .description('writes a workspace with its whole history and its proof to one file, beside a running desk')
  .requiredOption('--workspace <slug>', 'short name of the workspace')
  .requiredOption('--out <file>', 'where to write, e.g. northwind.ledger.gz')
  .addOption(
    new Option('--with-keys', 'texts about people can be read where the file is imported').conflicts('withoutKeys'),
  )
  .addOption(new Option('--without-keys', 'texts about people can be read nowhere else; this is the default'))
  .option('--passphrase-file <file>', 'first line protects the keys, - for standard input; else it is asked for')
  .action((options: ExportOptions) => moving(() => run(options)));

async function run({ workspace, out, withKeys, passphraseFile }: ExportOptions): Promise<void> {
  await withInstallation(async (installation) => {
    const workspaceId = await findWorkspace(installation.store, workspace);
    if (workspaceId === undefined) {
      const sentence = `There is no workspace ${workspace}: name one that exists with --workspace.`;
      throw new MoveRefused('workspace.unknown', sentence);
    }
    const fileKey = withKeys ? await newFileKey(await askPassphrase(passphraseFile, { fresh: true })) : undefined;
    const exportedAt = new Date(installation.now()).toISOString();
    const report = await writeWholeFile(out, (file) =>
      writeExport(installation.exportSources, { workspaceId, slug: workspace, exportedAt, fileKey }, file),
    );
    console.log(`${out} holds ${String(report.events)} events and ${String(report.seals)} seals of ${workspace}.`);
    console.log(`Its digest is ${report.digest}.`);
    if (fileKey) console.log(`${String(report.keys)} keys are in it. Without the passphrase nobody can read them.`);
    else
      console.log(
        'No keys are in it: texts about people can not be read elsewhere. To move the workspace, use --with-keys.',
      );
  });
}
