export { Connections, type ConnectionsOptions } from './connections.js';
export { Listener, type ListenerOptions } from './listener.js';
export { migrate, type MigrateOptions } from './migrate.js';
export { prepareDatabase } from './prepare-database.js';
export { type AnyProjection, type Projection, type ProjectionRow } from './projection.js';
export { type AsOwner, asOwnerOf } from './projections/as-owner.js';
export { type Comparison, isEqual } from './projections/compare-generations.js';
export {
  type Generation,
  generations,
  type GenerationState,
  type Refusal,
  REFUSALS,
  type Wish,
  wishFor,
} from './projections/generation.js';
export { foreignCheckpoint } from './projections/foreign-checkpoints.js';
export { GenerationConsumers } from './projections/generation-consumers.js';
export { installProjections, rebuildBeside, reinstall } from './projections/install-projections.js';
export { EVERY_CATEGORY } from './projections/ledger-consumer.js';
export type {
  LedgerConsumer,
  LedgerEvent,
  LedgerPage,
  LedgerPosition,
  LedgerSource,
  RunnerAlarms,
} from './projections/ledger-consumer.js';
export { projectionMigrations } from './projections/migrations.js';
export { projectConnections } from './projections/project-connections.js';
export { ProjectionConsumer } from './projections/projection-consumer.js';
export { ProjectionRunner, type ProjectionRunnerOptions } from './projections/projection-runner.js';
export { type ConsumerProgress, ProjectionProgress, type ProjectionProgressOptions } from './projections/progress.js';
export { Rebuilds } from './projections/rebuilds.js';
export type { RebuildOutcome, RebuildsOptions } from './projections/rebuilds-options.js';
export { type Replay, replayParked } from './projections/replay-parked.js';
export { type RowHash, rowHash } from './projections/row-hash.js';
export { QUICK_COMMIT } from './quick-commit.js';
export { NO_WORKSPACE, ReadStore, type ReadStoreOptions } from './read-store.js';
export { ReadStoreModule } from './read-store.module.js';
export { LOGIN_ROLES, type LoginRole, rolePassword, roleUrl } from './roles.js';
export { type Sql } from './sql.js';
export { tenantTable } from './tenant-table.js';
export { isInfrastructure, ReadStoreUnavailable } from './unavailable.js';
