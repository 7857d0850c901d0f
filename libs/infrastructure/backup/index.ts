export { type Fate, LEFT_OUT, type Table, tablesOf } from './backed-up-tables.js';
export { type BackupProblem, BackupRefused } from './errors.js';
export type { Manifest } from './manifest.js';
export {
  checkBackup,
  openRestored,
  refuseUnfinishedRestore,
  restoreBackup,
  type RestoreOptions,
} from './restore-backup.js';
export { backupMigrations } from './restoring.migration.js';
export { type BackupOptions, takeBackup } from './take-backup.js';
