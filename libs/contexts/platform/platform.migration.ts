import { Migration } from '@mikro-orm/migrations';

/** Credentials and sessions of those who run the installation. No table holds a password, a token or an address of a machine. */
export class Migration20261120_29_platform_admins extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** Tables without a workspace policy, with the reason. */
export const GLOBAL_PLATFORM_TABLES: Readonly<Record<string, string>> = {
  platform_admin: 'runs the installation, and has no seat in any workspace',
  platform_session: 'belongs to a platform admin, who is in no workspace',
};

const STATEMENTS = [
  `create table platform_admin (
     id uuid primary key,
     email text not null unique,
     name text not null,
     password_hash text not null,
     added_at timestamptz not null default now()
   )`,
  `create table platform_session (
     id uuid primary key,
     admin_id uuid not null references platform_admin on delete cascade,
     generation integer not null default 0,
     rotated_at timestamptz not null default now(),
     created_at timestamptz not null default now(),
     last_used_at timestamptz not null default now(),
     expires_at timestamptz not null,
     ended_at timestamptz,
     ended_because text,
     user_agent text check (length(user_agent) <= 300),
     network text check (length(network) <= 50)
   )`,
  `create index on platform_session (admin_id)`,
  `create index on platform_session (expires_at)`,
  ...Object.keys(GLOBAL_PLATFORM_TABLES).map((table) => `grant select, insert, update, delete on ${table} to ld_app`),
];

export const platformMigrations = [Migration20261120_29_platform_admins];
