import type { Sql } from '@ledgerdesk/read-store';

/**
 * Ids of the workspaces for which nothing happens by itself now: their effects stay due, and go on when they rest no more. Asked over
 * a connection of `ld_project`.
 */
export type RestingWorkspaces = (sql: Sql) => Promise<readonly string[]>;

export const NONE_REST: RestingWorkspaces = () => Promise.resolve([]);
