import { Migration } from '@mikro-orm/migrations';
import { APPEND } from './ledger.migration.js';

/** Brings a ledger of the first days to the form that `ledger.migration.ts` makes: no table of streams, events in their rows. */
export class Migration20261120_02_ledger_without_streams extends Migration {
  override up(): void {
    for (const statement of [
      `set local role ld_append`,
      `drop function append_events`,
      `reset role`,
      `drop table if exists streams`,
      `alter table events set (toast_tuple_target = 8160)`,
      ...APPEND,
    ])
      this.addSql(statement);
  }
}
