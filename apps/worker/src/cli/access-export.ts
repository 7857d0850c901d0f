import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@ledgerdesk/kernel';
import { ACCESS_FORMATS, accessExport, type AccessFormat } from '@ledgerdesk/privacy';
import { Command, Option } from 'commander';
import { findWorkspace } from './find-workspace.js';
import { type Installation, withInstallation } from './installation.js';
import { isAboutFiles, sentenceOf } from './file-errors.js';

interface AccessExportOptions {
  readonly workspace: string;
  readonly customer: string;
  readonly out: string;
  readonly format: AccessFormat;
}

export const accessExportCommand = new Command('access-export')
  .description('writes everything that is held about one customer to a file; that it was done stands in the ledger')
  .requiredOption('--workspace <slug>', 'short name of the workspace')
  .requiredOption('--customer <id>', 'as it stands in the address of their page')
  .requiredOption('--out <file>', 'is replaced when it exists')
  .addOption(
    new Option('--format <format>', 'json for programs, html for people').choices(ACCESS_FORMATS).default('json'),
  )
  .action(async (options: AccessExportOptions) => {
    try {
      await withInstallation((installation) => write(installation, options));
      console.log(`Everything about the customer is in ${options.out}.`);
    } catch (error) {
      if (!(error instanceof DomainError) && !isAboutFiles(error)) throw error;
      console.error(isAboutFiles(error) ? sentenceOf(error) : error.message);
      process.exitCode = 1;
    }
  });

/** All of it or nothing: a file that was begun and not finished is taken away. */
async function write(
  installation: Installation,
  { workspace, customer, out, format }: AccessExportOptions,
): Promise<void> {
  const workspaceId = await findWorkspace(installation.store, workspace);
  if (workspaceId === undefined) {
    throw new DomainError(
      'not-found',
      'workspace.not-found',
      `There is no workspace ${workspace}; check its short name.`,
    );
  }
  const { store, codec, ledger, runner, readStore } = installation;
  const chunks = await accessExport(
    { store, codec, ledger, runner, run: (id, work) => readStore.run(id, work) },
    { workspaceId, customerId: customer.toLowerCase(), format, actor: 'system:access-export' },
  );
  const draft = `${out}.${String(process.pid)}.part`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(draft, { mode: 0o600, flush: true }));
    await rename(draft, out);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
