import type { Constructor } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '@ledgerdesk/read-store';

/**
 * Addresses of a workspace that was moved here are reserved under ids that another installation made with its key; this says which
 * one stands for the id that this installation makes.
 */
export class Migration20261120_13_moved_addresses extends Migration {
  override up(): void {
    this.addSql(`create table moved_address (
      workspace_id uuid not null,
      address_id uuid not null,
      held_as uuid not null,
      primary key (workspace_id, address_id)
    )`);
    for (const statement of tenantTable('moved_address', 'select, insert')) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table moved_address');
  }
}

/** The tables of customers beside their read models. */
export const customerMigrations: readonly Constructor<Migration>[] = [Migration20261120_13_moved_addresses];
