import type { EntitySchema } from '@mikro-orm/core';
import type { Recorded } from '@ledgerdesk/kernel';

/**
 * A read model of keyed rows. The runner folds a page of events in memory: it loads the rows that `keysOf` names, calls
 * `apply` event by event, and writes every changed row with one bulk upsert, in the transaction of the checkpoint.
 * The runner stamps `workspaceId` from the event and refuses to touch a row of another workspace.
 */
export interface Projection<Row extends { readonly id: string; readonly workspaceId: string }> {
  /** Stable name: the view that queries read. The table is `<name>_v<version>`. */
  readonly name: string;
  /** Raise it whenever rows would come out differently; the new table is built beside the old one. */
  readonly version: number;
  /** Columns come from this entity (`Row` is its `InferEntity`), whose `tableName` is `name`; primary key `id` text or uuid. */
  readonly entity: EntitySchema;
  /** Categories of the streams it reads, e.g. `['ticket']`. */
  readonly categories: readonly string[];
  /** Index statements for a table named `{table}`, e.g. `create index on {table} (workspace_id, status, updated_at desc, id)`. */
  readonly indexes: readonly string[];
  /** Statements to run after the table was made and the view `name` points to it (functions of the read side). */
  readonly afterInstall?: readonly string[];
  /** Ids of the rows that an event touches; empty when it does not concern this read model. */
  keysOf(event: Recorded): readonly string[];
  /** The row after the event; `undefined` removes it. Never throws for business, never reads a clock. */
  apply(row: Row | undefined, event: Recorded, key: string): Row | undefined;
}

/** What every row of a read model has. */
export interface ProjectionRow {
  readonly id: string;
  readonly workspaceId: string;
}

/** A projection whose rows the machinery neither knows nor needs to know. */
export type AnyProjection = Projection<ProjectionRow>;
