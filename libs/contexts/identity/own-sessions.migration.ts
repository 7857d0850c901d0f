import { Migration } from '@mikro-orm/migrations';

/** What people recognise their sessions by, and which password a sign-in was checked against. */
export class Migration20261120_21_own_sessions extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table session
     add column last_used_at timestamptz not null default now(),
     add column user_agent text check (length(user_agent) <= 300),
     add column network text check (length(network) <= 50)`,
  `create index on session (account_id) where ended_at is null`,
  `alter table account
     add column password_generation integer not null default 0,
     add column password_set_by uuid`,
];
