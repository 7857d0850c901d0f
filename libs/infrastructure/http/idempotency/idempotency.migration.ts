import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '@ledgerdesk/read-store';

/** Requests with an Idempotency-Key: being worked on (`reply` is null) or answered. */
export class Migration20261120_04_idempotency extends Migration {
  override up(): void {
    this.addSql(`create table idempotency (
      command_id uuid primary key,
      workspace_id uuid not null,
      digest bytea not null,
      new_id uuid not null,
      leased_until timestamptz not null,
      expires_at timestamptz not null,
      reply bytea
    )`);
    this.addSql('create index on idempotency (workspace_id, expires_at)');
    for (const statement of tenantTable('idempotency', 'select, insert, update, delete')) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table idempotency');
  }
}

export const httpMigrations = [Migration20261120_04_idempotency];
