import { Migration } from '@mikro-orm/migrations';

/**
 * The authenticator of an account, its backup codes, and how each session was proved. Secrets are sealed under a key derived from the
 * installation key; of backup codes there are keyed digests. What is given away with a stolen table is who has a second factor.
 */
export class Migration20261120_27_second_factor extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** Why they carry no policy of a workspace. */
export const FACTOR_TABLES: Readonly<Record<string, string>> = {
  second_factor: 'belongs to an account, and is asked for before there is a workspace',
  backup_code: 'belongs to an account, and is asked for before there is a workspace',
};

const STATEMENTS = [
  `create table second_factor (
     account_id uuid primary key references account on delete cascade,
     sealed_secret bytea not null,
     confirmed_at timestamptz,
     last_step integer not null default 0,
     wrong_codes integer not null default 0
   )`,
  `create table backup_code (
     account_id uuid not null references second_factor on delete cascade,
     digest bytea not null,
     primary key (account_id, digest)
   )`,
  `grant select, insert, update, delete on second_factor, backup_code to ld_app`,
  `alter table session
     add column proved_at timestamptz not null default now(),
     add column proved_by text[] not null default '{pwd}'`,
];
