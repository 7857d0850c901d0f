import type { Constructor } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '@ledgerdesk/read-store';

/** Where to find each event when the ledger is not in this database; empty while it is. `place` grows in the order of the log. */
export class Migration20261120_11_ledger_index extends Migration {
  override up(): void {
    this.addSql(`create table ledger_index (
      place bigint not null unique,
      workspace_id uuid not null,
      stream text not null,
      revision integer not null,
      type text not null,
      actor text not null,
      recorded_at timestamptz,
      primary key (stream, revision)
    )`);
    this.addSql('create index on ledger_index (workspace_id, place)');
    this.addSql('create index on ledger_index (workspace_id, type, place)');
    this.addSql('create index on ledger_index (workspace_id, actor, place)');
    for (const statement of tenantTable('ledger_index', 'select')) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table ledger_index');
  }
}

export const auditMigrations: readonly Constructor<Migration>[] = [Migration20261120_11_ledger_index];
