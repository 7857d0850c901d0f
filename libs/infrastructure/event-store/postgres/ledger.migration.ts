import { Migration } from '@mikro-orm/migrations';
import { APPEND_FUNCTION } from './append-function.js';

const OWN_WORKSPACE = `workspace_id = (select current_setting('ld.workspace')::uuid)`;

/**
 * The ledger's tables. Only `append_events`, owned by a role that can't log in, writes events; nobody changes or removes one.
 * `data` and `metadata` are text because jsonb would reorder keys and rewrite numbers, and the hash covers every byte.
 */
export class Migration20261120_01_ledger extends Migration {
  override up(): void {
    for (const statement of [...TABLES, ...IMMUTABILITY, ...ROW_LEVEL_SECURITY, ...APPEND]) this.addSql(statement);
  }
}

const TABLES = [
  `create table events (
     global_position bigint primary key,
     stream text not null,
     revision integer not null,
     id uuid not null,
     workspace_id uuid not null,
     type text not null,
     data text not null,
     metadata text not null,
     unique (stream, revision)
   )`,
  // Ciphertext can't be compressed, and an event below 8 kB stays in its row: each piece kept elsewhere is a second insert.
  'alter table events alter column data set storage external',
  'alter table events set (toast_tuple_target = 8160)',
  `create index events_of_workspace on events (workspace_id, global_position)`,
];

/** A second lock besides the missing grants: even the owner of the table has to remove a trigger first, which is visible. */
const IMMUTABILITY = [
  `create function refuse_change() returns trigger language plpgsql as $$
   begin
     raise exception 'the ledger is append-only' using errcode = 'insufficient_privilege';
   end $$`,
  `create trigger append_only before update or delete or truncate on events
     for each statement execute function refuse_change()`,
];

const ROW_LEVEL_SECURITY = [
  `alter table events enable row level security`,
  `alter table events force row level security`,
  `create policy tenant on events for select to ld_app using (${OWN_WORKSPACE})`,
  `create policy follower on events for select to ld_project using (true)`,
  `create policy appender on events to ld_append using (true) with check (true)`,
  `grant select on events to ld_app, ld_project`,
];

/** The function with its owner and its callers; can be repeated. */
export const APPEND = [
  `grant select, insert on events to ld_append`,
  APPEND_FUNCTION,
  `revoke all on function append_events from public`,
  `grant execute on function append_events to ld_app`,
  // A function's owner must be able to create in its schema at the moment it takes over.
  `grant create on schema public to ld_append`,
  `alter function append_events owner to ld_append`,
  `revoke create on schema public from ld_append`,
];
