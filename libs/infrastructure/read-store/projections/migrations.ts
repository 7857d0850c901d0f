import { Migration } from '@mikro-orm/migrations';

/** How far every follower of the ledger is, who runs it, and what it had to put aside. */
export class Migration20261120_02_projections extends Migration {
  override up(): void {
    this.addSql(`create table ledger_checkpoint (
      name text primary key,
      version int not null,
      position text not null default '',
      epoch bigint not null default 0,
      owner uuid,
      lease_until timestamptz not null default '-infinity',
      parked_streams int not null default 0,
      moved_at timestamptz not null default now()
    )`);
    this.addSql(`create table parked_event (
      consumer text not null,
      stream text not null,
      revision int not null,
      workspace_id uuid not null,
      reason text not null,
      parked_at timestamptz not null default now(),
      primary key (consumer, stream, revision)
    )`);
    this.addSql('grant select on ledger_checkpoint to ld_app');
    this.addSql('grant select, insert, update on ledger_checkpoint to ld_project');
    this.addSql('grant select, insert, delete on parked_event to ld_project');
  }
}

/** Tables of this library; installed read models are not among them. */
export const projectionMigrations = [Migration20261120_02_projections] as const;
