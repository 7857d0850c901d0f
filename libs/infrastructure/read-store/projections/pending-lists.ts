import { Migration } from '@mikro-orm/migrations';
import type { Connections } from '../connections.js';

/**
 * New entries of a GIN index wait in a list until somebody sorts them in; without this, the one who finds the list full: a projection, in
 * the middle of a page, for up to a second, and everybody who searches reads the list as a whole until then. Only the owner of an index
 * may sort, so the function runs as `ld_owner`, and sorts in nothing but indexes of its own.
 */
export class Migration20261120_21_pending_lists extends Migration {
  override up(): void {
    this.addSql(`create function flush_pending_list(index oid) returns bigint language sql security definer
      set search_path = pg_catalog, pg_temp
      return gin_clean_pending_list(index)`);
    this.addSql('revoke all on function flush_pending_list from public');
    this.addSql('grant execute on function flush_pending_list to ld_project');
  }
}

const INDEXES = `select c.oid as index from pg_class c join pg_am a on a.oid = c.relam
  where a.amname = 'gin' and c.relnamespace = 'public'::regnamespace`;

/** Sorts in what waits, each index in a transaction of its own: a read model that is dropped meanwhile waits for one index at most. */
export async function flushPendingLists(connections: Connections): Promise<void> {
  await connections.use(async (sql) => {
    for (const { index } of await sql.rows<{ index: number }>(INDEXES))
      // One that has gone since is no failure.
      await sql.rows('select flush_pending_list(oid) from pg_class where oid = $1', [index]);
  });
}
