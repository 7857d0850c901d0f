export { type Projection } from './projection.js';
export { ReadStore, type ReadStoreOptions } from './read-store.js';
export { ReadStoreModule } from './read-store.module.js';
export { type Sql } from './sql.js';
export { tenantTable } from './tenant-table.js';
export { isInfrastructure, ReadStoreUnavailable } from './unavailable.js';
