import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '@ledgerdesk/read-store';

/** When API keys were used last. Not in the ledger: it is no decision of anybody, and would be most of it. */
export class Migration20261120_26_api_key_use extends Migration {
  override up(): void {
    this.addSql(`create table api_key_use (
      workspace_id uuid not null,
      key_id uuid not null,
      last_used_at timestamptz not null default now(),
      primary key (workspace_id, key_id)
    )`);
    for (const statement of tenantTable('api_key_use', 'select, insert, update')) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table api_key_use');
  }
}

export const integrationMigrations = [Migration20261120_26_api_key_use];
