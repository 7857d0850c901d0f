/** Whether the connection may let some commits wait for the disk in the background: `on` or `off`, see `ReadStoreOptions`. */
export const QUICK_COMMIT_SETTING = 'ld.quick_commit';

/**
 * A `with` query of one row that keeps its statement from waiting for the disk, in an installation whose ledger is in the same
 * database: the write-ahead log keeps the order, so when an event is on disk, so is every row that was committed before it. With the
 * ledger elsewhere nothing keeps that order, and the statement waits. Join it, or Postgres leaves it out.
 */
export const QUICK_COMMIT = `quick as materialized (
  select set_config('synchronous_commit',
    case when current_setting('${QUICK_COMMIT_SETTING}', true) = 'on' then 'off' else 'on' end, true))`;
