import { Migration } from '@mikro-orm/migrations';

/** Has a row from the moment that a restore begins to write until it has finished; nobody opens the desk meanwhile. */
export class Migration20261120_20_restoring extends Migration {
  override up(): void {
    this.addSql('create table restore_in_progress (backup uuid not null, began_at timestamptz not null default now())');
    this.addSql('grant select on restore_in_progress to ld_app, ld_project');
  }
}

/** Tables of this library. */
export const backupMigrations = [Migration20261120_20_restoring] as const;
