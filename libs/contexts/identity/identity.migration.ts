import { Migration } from '@mikro-orm/migrations';
import { Migration20261120_21_own_sessions } from './own-sessions.migration.js';
import { FACTOR_TABLES, Migration20261120_27_second_factor } from './second-factor/second-factor.migration.js';
import {
  Migration20261120_22_password_reset,
  PASSWORD_RESET_TABLES,
} from './password-reset/password-reset.migration.js';
import {
  Migration20261120_33_sign_in_provider,
  SIGN_IN_PROVIDER_TABLES,
} from './sign-in-provider/sign-in-provider.migration.js';

/**
 * Accounts and sessions belong to the installation, not to a workspace: one person may have seats in several, and at sign-in
 * nobody knows yet in which one they will work. So these tables carry no row level security; nothing of a tenant is in them.
 * No table holds a password, a token or the address that somebody signs in from (of that, the network that it belongs to).
 */
export class Migration20261120_03_identity extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const FIRST_TABLES: Readonly<Record<string, string>> = {
  account: 'a person may have seats in several workspaces',
  account_seat: 'says which workspaces an account may enter, so it is read before there is a workspace',
  session: 'a refresh cookie names a session before anybody knows its workspace',
  sign_in_limit: 'attempts are counted before anybody knows who asks',
};

/** Tables without a workspace policy, with the reason. */
export const GLOBAL_IDENTITY_TABLES: Readonly<Record<string, string>> = {
  ...FIRST_TABLES,
  ...PASSWORD_RESET_TABLES,
  ...FACTOR_TABLES,
  ...SIGN_IN_PROVIDER_TABLES,
};

const STATEMENTS = [
  `create table account (
     id uuid primary key,
     email text not null unique,
     password_hash text not null,
     created_at timestamptz not null default now()
   )`,
  `create table account_seat (
     account_id uuid not null references account,
     workspace_id uuid not null,
     member_id uuid not null unique,
     used_at timestamptz not null default now(),
     primary key (account_id, workspace_id)
   )`,
  `create table session (
     id uuid primary key,
     account_id uuid not null references account,
     workspace_id uuid not null,
     member_id uuid not null,
     generation integer not null default 0,
     rotated_at timestamptz not null default now(),
     created_at timestamptz not null default now(),
     expires_at timestamptz not null,
     ended_at timestamptz,
     ended_because text
   )`,
  `create index on session (expires_at)`,
  `create table sign_in_limit (
     bucket text primary key,
     started_at timestamptz not null default now(),
     attempts integer not null default 1
   )`,
  `create index on sign_in_limit (started_at)`,
  ...Object.keys(FIRST_TABLES).map((table) => `grant select, insert, update, delete on ${table} to ld_app`),
];

export const identityMigrations = [
  Migration20261120_03_identity,
  Migration20261120_21_own_sessions,
  Migration20261120_22_password_reset,
  Migration20261120_27_second_factor,
  Migration20261120_33_sign_in_provider,
];
