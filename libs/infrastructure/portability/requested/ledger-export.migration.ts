import type { Constructor } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '@ledgerdesk/read-store';

/**
 * Exports that somebody has asked for in the desk, and their bytes in parts, so that every process can hand them out. One at a time per
 * workspace; gone after a day.
 */
export class Migration20261120_13_ledger_exports extends Migration {
  override up(): void {
    this.addSql(`create table ledger_export (
      id uuid primary key,
      workspace_id uuid not null,
      slug text not null,
      requested_by text not null,
      requested_at timestamptz not null default now(),
      with_keys boolean not null,
      protection text,
      wrapped_key bytea,
      state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
      attempts int not null default 0,
      running_until timestamptz not null default '-infinity',
      events bigint not null default 0,
      bytes bigint not null default 0,
      digest text,
      expires_at timestamptz not null default now() + interval '1 day'
    )`);
    this.addSql(
      `create unique index ledger_export_in_progress on ledger_export (workspace_id) where state in ('waiting', 'running')`,
    );
    this.addSql('create index ledger_export_newest on ledger_export (workspace_id, requested_at)');
    this.addSql(`create table ledger_export_part (
      workspace_id uuid not null,
      export_id uuid not null references ledger_export on delete cascade,
      number int not null,
      bytes bytea not null,
      primary key (export_id, number)
    )`);
    this.addSql('alter table ledger_export_part alter column bytes set storage external');
    for (const table of ['ledger_export', 'ledger_export_part']) {
      for (const statement of tenantTable(table, 'select')) this.addSql(statement);
    }
    // Only who asks and for what: whoever writes as the application can not write a file.
    this.addSql(
      'grant insert (id, workspace_id, slug, requested_by, with_keys, protection, wrapped_key) on ledger_export to ld_app',
    );
  }
}

/** The tables of this library. */
export const portabilityMigrations: readonly Constructor<Migration>[] = [Migration20261120_13_ledger_exports];
