import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '@ledgerdesk/read-store';

/** Verifications that somebody has asked for in the desk, and their signed reports. One at a time per workspace. */
export class Migration20261120_12_verifications extends Migration {
  override up(): void {
    this.addSql(`create table verification (
      id uuid primary key,
      workspace_id uuid not null,
      requested_by text not null,
      requested_at timestamptz not null default now(),
      state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
      attempts int not null default 0,
      running_until timestamptz not null default '-infinity',
      events bigint not null default 0,
      report text,
      signature text,
      public_key text
    )`);
    this.addSql(
      `create unique index verification_in_progress on verification (workspace_id) where state in ('waiting', 'running')`,
    );
    this.addSql('create index verification_newest on verification (workspace_id, requested_at)');
    for (const statement of tenantTable('verification', 'select')) this.addSql(statement);
    // Only who asks and for what: whoever writes as the application can not write a result.
    this.addSql('grant insert (id, workspace_id, requested_by) on verification to ld_app');
  }
}
