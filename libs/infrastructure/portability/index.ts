export { type ExportReport, type ExportSources, type ExportWish } from './export/export-ledger.js';
export { writeExport } from './export/write-export.js';
export { writeWholeFile } from './file/atomic-file.js';
export { type EventLine } from './file/ledger-lines.js';
export { type FileKey, newFileKey } from './file/passphrase.js';
export { type CheckedFile, checkFile } from './import/check-file.js';
export { importLedger, type ImportReport } from './import/import-ledger.js';
export { proveFile } from './import/prove-file.js';
export { MoveRefused } from './refused.js';
export { ExportRunner, type ExportRunnerOptions } from './requested/export-runner.js';
export { keepFileKey } from './requested/kept-file-key.js';
export { portabilityMigrations } from './requested/ledger-export.migration.js';
export {
  exportInProgress,
  finishedExport,
  type LedgerExport,
  listExports,
  requestExport,
} from './requested/ledger-export-table.js';
export { storedFile } from './requested/stored-file.js';
