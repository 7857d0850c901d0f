import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '@ledgerdesk/read-store';

/** The last ticket number of every workspace, and up to where the ledger was looked through for higher ones. */
export class Migration20261120_05_ticket_counter extends Migration {
  override up(): void {
    this.addSql(`create table ticket_counter (
      workspace_id uuid primary key,
      last_number bigint not null default 0,
      scanned_to text not null default ''
    )`);
    for (const statement of tenantTable('ticket_counter', 'select, insert, update')) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table ticket_counter');
  }
}
