import { Migration } from '@mikro-orm/migrations';

const OWN_WORKSPACE = `workspace_id = (select current_setting('ld.workspace')::uuid)`;

/**
 * Workspaces whose history was taken over from another installation. Its events carry no mark, because every byte of them is hashed; this
 * row says up to which instant (`recordedAt`) they happened elsewhere, and whether all of them are here yet. Whoever acts on events
 * asks it: nothing is done for the workspace before it is whole, and nothing leaves the house because of what happened elsewhere.
 */
export class Migration20261120_13_taken_history extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table taken_history (
     workspace_id uuid primary key,
     history_until timestamptz not null,
     events bigint not null,
     digest text not null,
     begun_at timestamptz not null default now(),
     whole_at timestamptz
   )`,
  'alter table taken_history enable row level security',
  'alter table taken_history force row level security',
  `create policy tenant on taken_history to ld_app using (${OWN_WORKSPACE}) with check (${OWN_WORKSPACE})`,
  'create policy runner on taken_history to ld_project using (true)',
  'grant select, insert, update on taken_history to ld_app',
  'grant select on taken_history to ld_project',
];
