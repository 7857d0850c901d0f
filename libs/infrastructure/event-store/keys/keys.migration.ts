import { Migration } from '@mikro-orm/migrations';

const OWN_WORKSPACE = `workspace_id = (select current_setting('ld.workspace')::uuid)`;

/**
 * Keys of workspaces and persons, each wrapped by the key above it. A row is made once and at most emptied once: an empty
 * `wrapped` says "destroyed on purpose", which a missing row must never be mistaken for.
 */
export class Migration20261120_01_ledger_keys extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table workspace_key (
     workspace_id uuid primary key,
     wrapped bytea not null
   )`,
  `create table person_key (
     workspace_id uuid not null,
     key_id text not null,
     wrapped bytea,
     primary key (workspace_id, key_id)
   )`,
  `create function refuse_new_key() returns trigger language plpgsql as $$
   begin
     raise exception 'a key is made once and can only be destroyed' using errcode = 'insufficient_privilege';
   end $$`,
  `create trigger only_destroy before update on person_key
     for each row when (new.wrapped is not null) execute function refuse_new_key()`,
  ...['workspace_key', 'person_key'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy tenant on ${table} to ld_app using (${OWN_WORKSPACE}) with check (${OWN_WORKSPACE})`,
    `grant select, insert on ${table} to ld_app`,
  ]),
  `grant update (wrapped) on person_key to ld_app`,
];
