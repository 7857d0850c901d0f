import { Migration } from '@mikro-orm/migrations';

const OWN_WORKSPACE = `workspace_id = (select current_setting('ld.workspace')::uuid)`;

/**
 * Seals, and what they say about each workspace. Append-only like the events. The sealer (`ld_project`) adds rows; a tenant sees its own
 * shares and the seals that hold them. `foreign_…` is evidence that came with an imported workspace.
 */
export class Migration20261120_12_proof extends Migration {
  override up(): void {
    for (const statement of [...TABLES, ...APPEND_ONLY, ...ROW_LEVEL_SECURITY]) this.addSql(statement);
  }
}

const SEAL_KEY_COLUMNS = `ledger text not null,
     number integer not null,
     public_key text not null,
     rotation text,
     signature_from text,
     signature_to text`;

const TABLES = [
  `create table seal_key (
     ${SEAL_KEY_COLUMNS},
     primary key (number)
   )`,
  // The position of the last sealed event makes the newest seal the sealer's checkpoint. It belongs to the store and is not signed.
  `create table seal (
     number bigint primary key,
     hash text not null unique,
     record text not null,
     signature text not null,
     position text not null,
     sealed_at timestamptz not null
   )`,
  `create table seal_share (
     workspace_id uuid not null,
     number bigint not null references seal,
     record text not null,
     hash text not null,
     path text not null,
     leaves text not null,
     events_before bigint not null,
     events integer not null,
     primary key (workspace_id, number),
     unique (workspace_id, events_before)
   )`,
  'create index seal_share_of_seal on seal_share (number)',
  `create table foreign_seal_key (
     workspace_id uuid not null,
     ${SEAL_KEY_COLUMNS},
     primary key (workspace_id, ledger, number)
   )`,
  `create table foreign_seal (
     workspace_id uuid not null,
     ledger text not null,
     number bigint not null,
     record text not null,
     signature text not null,
     share text not null,
     path text not null,
     leaves text not null,
     events_before bigint not null,
     events integer not null,
     primary key (workspace_id, ledger, number)
   )`,
];

const ALL = ['seal_key', 'seal', 'seal_share', 'foreign_seal_key', 'foreign_seal'];
const OF_WORKSPACE = ['seal_share', 'foreign_seal_key', 'foreign_seal'];

/** The trigger's function came with the ledger's own tables. */
const APPEND_ONLY = ALL.map(
  (table) => `create trigger append_only before update or delete or truncate on ${table}
     for each statement execute function refuse_change()`,
);

const ROW_LEVEL_SECURITY = [
  ...[...OF_WORKSPACE, 'seal'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy follower on ${table} to ld_project using (true) with check (true)`,
  ]),
  ...OF_WORKSPACE.map(
    (table) => `create policy tenant on ${table} to ld_app using (${OWN_WORKSPACE}) with check (${OWN_WORKSPACE})`,
  ),
  // The inner query is itself confined to the shares of the tenant.
  `create policy tenant on seal for select to ld_app
     using (exists (select from seal_share where seal_share.number = seal.number))`,
  ...ALL.map((table) => `grant select on ${table} to ld_app, ld_project`),
  'grant insert on seal_key, seal, seal_share, foreign_seal_key, foreign_seal to ld_project',
];
