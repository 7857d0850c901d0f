import { EventStoreTimeout, EventStoreUnavailable } from '@ledgerdesk/event-store';
import { type ImportReport, ImportRefused, importIncidents, readIncidents } from '@ledgerdesk/integrations';
import { TicketNumbers } from '@ledgerdesk/tickets';
import { Command } from 'commander';
import { schema } from '../schema.js';
import { findWorkspace } from './find-workspace.js';
import { readModelsFollow } from './import-catch-up.js';
import { importProgress } from './import-progress.js';
import { rejectsFile, writeRejects } from './import-rejects.js';
import { type Installation, withInstallation } from './installation.js';

interface ImportOptions {
  readonly workspace: string;
  readonly timeZone: string;
  readonly rejects?: string;
}

const servicenow = new Command('servicenow')
  .description('takes over incidents with their history, one ticket each; safe to repeat and beside a running desk')
  .argument('<file>', 'list of incidents, as .csv or .csv.gz')
  .option('--workspace <slug>', 'short name of the workspace that gets the tickets', 'demo')
  .option('--time-zone <zone>', 'zone of the clock of the file, e.g. Europe/Berlin', 'UTC')
  .option('--rejects <file>', 'where to list the lines that are not taken over')
  .action(async (file: string, options: ImportOptions) => {
    try {
      await withInstallation((installation) => importServicenow(installation, file, options));
    } catch (error) {
      console.error(sentenceOf(error));
      process.exitCode = 1;
    }
  });

export const importCommand = new Command('import')
  .description('takes over tickets from another system')
  .addCommand(servicenow);

/** @throws ImportRefused */
async function importServicenow(installation: Installation, file: string, options: ImportOptions): Promise<void> {
  const began = performance.now();
  const { store, runner, readStore } = installation;
  const progress = importProgress(process.stderr);
  const workspaceId = await findWorkspace(store, options.workspace);
  if (workspaceId === undefined) {
    throw new ImportRefused(`There is no workspace ${options.workspace}: name one that exists with --workspace.`);
  }
  const rejects = options.rejects ?? rejectsFile(file, process.cwd());

  let reading = false;
  const incidents = await readIncidents(file, {
    timeZone: options.timeZone,
    onProgress: (bytes, size) => {
      if (!reading) progress.begin('Reading', size, 'bytes');
      reading = true;
      progress.reached(bytes);
    },
  }).finally(() => {
    if (reading) progress.end();
  });
  // Before the first append: a place that can not be written is found out while nothing is done yet.
  if (incidents.rejected.length > 0) writeRejects(rejects, incidents.rejected);

  progress.begin('Importing', incidents.incidents.length, 'tickets');
  const report = await importIncidents(
    { store, runner, numbers: new TicketNumbers(readStore, store), onProgress: progress.reached },
    workspaceId,
    incidents,
  ).finally(() => {
    progress.end();
  });
  if (report.rejected.length > incidents.rejected.length) writeRejects(rejects, report.rejected);
  tell(report, rejects);
  const imported = performance.now();
  console.log(`Imported in ${seconds(imported - began)} s; waiting for the read models.`);
  const shown = await readModelsFollow(installation, schema.projections);
  if (shown) console.log(`Everything shows in the desk after ${seconds(performance.now() - began)} s.`);
  else console.log('No worker is running: the tickets show as soon as the desk has been started.');
}

function tell({ rows, applied, unchanged, rejected, tickets }: ImportReport, rejects: string): void {
  const { length } = rejected;
  console.log(
    `${String(rows)} rows = ${String(applied)} applied + ${String(unchanged)} unchanged + ${String(length)} rejected`,
  );
  if (rows !== applied + unchanged + length) {
    throw new ImportRefused('The rows do not add up: report this as a mistake of the import.');
  }
  console.log(`${String(tickets.opened)} tickets opened, ${String(tickets.known)} were there before`);
  if (length > 0) console.log(`Rejected lines and why: ${rejects}`);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(1);
}

function sentenceOf(error: unknown): string {
  if (error instanceof ImportRefused) return error.message;
  if (error instanceof EventStoreUnavailable || error instanceof EventStoreTimeout) {
    return `${error.message} Type the same command again when it is back: the import goes on where it ended.`;
  }
  throw error;
}
