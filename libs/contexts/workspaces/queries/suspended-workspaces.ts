import type { Sql } from '@ledgerdesk/read-store';

/** Which workspaces are suspended; only a connection that may see all of them gets an answer. Few at any time. */
export async function suspendedWorkspaces(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.rows<{ id: string }>('select id from workspaces where suspended_since is not null');
  return rows.map(({ id }) => id);
}
