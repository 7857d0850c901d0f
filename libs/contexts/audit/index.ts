export { AuditModule } from './audit.module.js';
export { AUDIT_GRANTABLE, AUDIT_PERMISSIONS } from './permissions.js';
export { LedgerIndex } from './read-models/ledger-index.js';
export { auditMigrations } from './read-models/ledger-index.migration.js';
export { configurationChanges } from './read-models/configuration-changes.projection.js';
