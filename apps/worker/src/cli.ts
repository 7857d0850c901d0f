import { ConfigurationError } from '@ledgerdesk/config';
import { Command } from 'commander';
import { backupCommand } from './cli/backup.js';
import { accessExportCommand } from './cli/access-export.js';
import { createWorkspaceCommand } from './cli/create-workspace.js';
import { erasuresCommand } from './cli/erasures.js';
import { exportCommand } from './cli/export.js';
import { importCommand } from './cli/import.js';
import { migrateCommand } from './cli/migrate.js';
import { platformAdminCommand } from './cli/platform-admin.js';
import { projectionsCommand } from './cli/projections.js';
import { rebuildCommand } from './cli/rebuild.js';
import { replayParkedCommand } from './cli/replay-parked.js';
import { restoreCommand } from './cli/restore.js';
import { sealsCommand } from './cli/seals.js';
import { seedCommand } from './cli/seed.js';
import { verifyCommand } from './cli/verify.js';

const program = new Command('ledgerdesk')
  .description('Commands for the person who runs this installation.')
  .addCommand(backupCommand)
  .addCommand(accessExportCommand)
  .addCommand(createWorkspaceCommand)
  .addCommand(erasuresCommand)
  .addCommand(exportCommand)
  .addCommand(importCommand)
  .addCommand(migrateCommand)
  .addCommand(platformAdminCommand)
  .addCommand(projectionsCommand)
  .addCommand(rebuildCommand)
  .addCommand(replayParkedCommand)
  .addCommand(restoreCommand)
  .addCommand(sealsCommand)
  .addCommand(seedCommand)
  .addCommand(verifyCommand);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 78;
}
