import { Migration } from '@mikro-orm/migrations';

/**
 * A workspace can be moved without its keys: then each of them is `withheld`, which is neither there nor destroyed. It may come
 * later, once; what was destroyed never comes back.
 */
export class Migration20261120_13_withheld_keys extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table person_key add column withheld boolean not null default false`,
  `alter table person_key add constraint withheld_is_empty check (not withheld or wrapped is null)`,
  `drop trigger only_destroy on person_key`,
  `create trigger only_destroy before update on person_key
     for each row when ((new.wrapped is not null or new.withheld) and not old.withheld) execute function refuse_new_key()`,
  `grant update (withheld) on person_key to ld_app`,
];
