import { EventStoreTimeout, EventStoreUnavailable } from '@ledgerdesk/event-store';
import {
  type ImportReport,
  ImportRefused,
  importIncidents,
  type ImportTools,
  readIncidents,
} from '@ledgerdesk/integrations';
import { ReadStoreUnavailable } from '@ledgerdesk/read-store';
import { TicketNumbers } from '@ledgerdesk/tickets';
import { Command } from 'commander';
import { schema } from '../schema.js';
import { findWorkspace } from './find-workspace.js';
import { readModelsFollow } from './import-catch-up.js';
import { type ImportProgress, importProgress } from './import-progress.js';
import { rejectsFile, writeRejects } from './import-rejects.js';
import { importLedgerCommand } from './import-ledger.js';
import { type Installation, withInstallation } from './installation.js';

interface ImportOptions {
  readonly workspace: string;
  readonly timeZone: string;
  readonly rejects?: string;
}

const OUTAGES = [EventStoreUnavailable, EventStoreTimeout, ReadStoreUnavailable];

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
  .description('takes over tickets from another system, or a workspace from another installation')
  .addCommand(importLedgerCommand)
  .addCommand(servicenow);

/** @throws ImportRefused */
async function importServicenow(installation: Installation, file: string, options: ImportOptions): Promise<void> {
  const began = performance.now();
  const workspaceId = await findWorkspace(installation.store, options.workspace);
  if (workspaceId === undefined) {
    throw new ImportRefused(`There is no workspace ${options.workspace}: name one that exists with --workspace.`);
  }
  const rejects = options.rejects ?? rejectsFile(file, process.cwd());
  const progress = importProgress(process.stderr);
  const report = await readAndImport(installation, workspaceId, { ...options, file, rejects, progress }).finally(() => {
    progress.end();
  });
  tell(report, rejects);
  console.log(`Imported in ${secondsSince(began)} s; waiting for the read models.`);
  const shown = await readModelsFollow(installation, schema.projections);
  if (shown) console.log(`Everything shows in the desk after ${secondsSince(began)} s.`);
  else console.log('No worker is running: the tickets show as soon as the desk has been started.');
}

interface Task {
  readonly file: string;
  readonly timeZone: string;
  readonly rejects: string;
  readonly progress: ImportProgress;
}

async function readAndImport(
  { store, runner, readStore }: Installation,
  workspaceId: string,
  { file, timeZone, rejects, progress }: Task,
): Promise<ImportReport> {
  const incidents = await readIncidents(file, {
    timeZone,
    onProgress: (done, total) => {
      progress.show({ step: 'Reading', done, total, unit: 'bytes' });
    },
  });
  // Before the first append: a place that can not be written is found out while nothing is done yet.
  if (incidents.rejected.length > 0) writeRejects(rejects, incidents.rejected);
  const tools: ImportTools = {
    store,
    runner,
    numbers: new TicketNumbers(readStore, store),
    onProgress: (done, total) => {
      progress.show({ step: 'Importing', done, total, unit: 'tickets' });
    },
  };
  const report = await importIncidents(tools, workspaceId, incidents);
  if (report.rejected.length > incidents.rejected.length) writeRejects(rejects, report.rejected);
  return report;
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

function secondsSince(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(1);
}

function sentenceOf(error: unknown): string {
  if (error instanceof ImportRefused) return error.message;
  if (OUTAGES.some((outage) => error instanceof outage)) {
    return 'The database does not answer: type the same command again when it is back, and the import goes on where it ended.';
  }
  throw error;
}
