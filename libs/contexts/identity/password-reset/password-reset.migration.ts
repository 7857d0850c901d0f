import { Migration } from '@mikro-orm/migrations';

/** Requests for a new password, and the links that are good; neither holds a token. */
export class Migration20261120_22_password_reset extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** Tables without a workspace policy, with the reason. */
export const PASSWORD_RESET_TABLES: Readonly<Record<string, string>> = {
  password_reset_request: 'whoever has lost a password is in no workspace, and may have no account',
  password_reset: 'belongs to an account, which may have seats in several workspaces',
};

const STATEMENTS = [
  `create table password_reset_request (
     id uuid primary key,
     email text not null check (length(email) <= 254),
     language text not null,
     requested_at timestamptz not null default now()
   )`,
  `create index on password_reset_request (requested_at)`,
  // One row per account: the newest link is the only one.
  `create table password_reset (
     account_id uuid primary key references account on delete cascade,
     id uuid not null unique,
     email text not null,
     password_generation integer not null,
     requested_at timestamptz not null
   )`,
  ...Object.keys(PASSWORD_RESET_TABLES).map((table) => `grant select, insert, update, delete on ${table} to ld_app`),
];
