import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.js';
import { Migration20261120_21_pending_lists } from './pending-lists.js';

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

/** Read models have generations: one that is read, at most one that is being built, at most one that was read before. */
export class Migration20261120_14_generations extends Migration {
  override up(): void {
    this.addSql(`create table read_model_generation (
      table_name text primary key,
      read_model text not null,
      version int not null,
      state text not null check (state in ('building', 'live', 'kept')),
      wish text,
      refusal text,
      comparison jsonb,
      functions jsonb not null default '[]',
      built_at timestamptz,
      since timestamptz not null default now(),
      unique (read_model, state) deferrable initially deferred
    )`);
    this.addSql('create sequence read_model_build');
    // The name of a checkpoint says what it serves and changes at a switch; runners go by the table that they fill.
    this.addSql('alter table ledger_checkpoint add column generation text');
    this.addSql('create unique index on ledger_checkpoint ((coalesce(generation, name)))');
    this.addSql(`insert into read_model_generation (table_name, read_model, version, state, built_at)
      select name || '_v' || version, name, version, 'live', now() from ledger_checkpoint
      where to_regclass(quote_ident(name || '_v' || version)) is not null`);
    this.addSql(`update ledger_checkpoint c set generation = g.table_name
      from read_model_generation g where g.read_model = c.name`);
    this.addSql(`update parked_event p set consumer = g.table_name
      from read_model_generation g where g.read_model = p.consumer`);
    this.addSql('grant select, update (wish, refusal) on read_model_generation to ld_app');
    this.addSql('grant select, update (wish, refusal, comparison, built_at) on read_model_generation to ld_project');
    for (const statement of tenantTable('parked_event', 'select')) this.addSql(statement);
    this.addSql('create policy owner on parked_event to ld_owner using (true) with check (true)');
  }
}

/** Tables of this library; installed read models are not among them. */
export const projectionMigrations = [
  Migration20261120_02_projections,
  Migration20261120_14_generations,
  Migration20261120_21_pending_lists,
] as const;
