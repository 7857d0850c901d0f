import { Migration } from '@mikro-orm/migrations';

const OWN_WORKSPACE = `workspace_id = (select current_setting('ld.workspace')::uuid)`;

/**
 * One row per destroyed key, written in the statement that destroys it and never changed. It can be carried outside the installation
 * and replayed on a restored backup. Nothing in it is about a person except that they were erased.
 */
export class Migration20261120_08_erasure_receipts extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table erasure_receipt (
     workspace_id uuid not null,
     key_id text not null,
     person text not null,
     requested_event uuid not null,
     requested_at timestamptz not null,
     destroyed_at timestamptz not null default now(),
     primary key (workspace_id, key_id)
   )`,
  'alter table erasure_receipt enable row level security',
  'alter table erasure_receipt force row level security',
  `create policy tenant on erasure_receipt to ld_app using (${OWN_WORKSPACE}) with check (${OWN_WORKSPACE})`,
  'create policy runner on erasure_receipt to ld_project using (true)',
  'grant select, insert on erasure_receipt to ld_app',
  'grant select on erasure_receipt to ld_project',
];
