export { AdminTable } from './admins/admin-table.js';
export { addPlatformAdmin, removePlatformAdmin } from './admins/change-admins.js';
export { IMPERSONATED_MAY } from './impersonation/impersonated-may.js';
export { PLATFORM_PERMISSIONS } from './permissions.js';
export { GLOBAL_PLATFORM_TABLES, platformMigrations } from './platform.migration.js';
export { PlatformModule } from './platform.module.js';
