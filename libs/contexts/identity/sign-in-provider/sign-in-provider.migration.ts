import { Migration } from '@mikro-orm/migrations';

/** What signing in with the provider of a workspace needs to know and the ledger must not: secrets, and who came with which subject. */
export class Migration20261120_33_sign_in_provider extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** Tables without a workspace policy, with the reason. */
export const SIGN_IN_PROVIDER_TABLES: Readonly<Record<string, string>> = {
  sign_in_provider_secret: 'the name of a workspace leads to its provider before anybody is signed in',
  provider_identity: 'says whose seat it is before there is a workspace',
  used_sign_in_flow: 'a sign-in that has begun belongs to a browser and to nobody yet',
};

const STATEMENTS = [
  `create table sign_in_provider_secret (
     id uuid primary key,
     workspace_id uuid not null,
     slug text not null,
     sealed bytea not null,
     created_at timestamptz not null default now()
   )`,
  `create index on sign_in_provider_secret (slug)`,
  `create index on sign_in_provider_secret (workspace_id)`,
  // An address may be given to somebody else at the provider; a subject never is (OpenID Connect Core 1.0, 2).
  `create table provider_identity (
     workspace_id uuid not null,
     issuer text not null,
     subject text not null,
     member_id uuid not null references account_seat (member_id) on delete cascade,
     primary key (workspace_id, issuer, subject),
     unique (workspace_id, issuer, member_id)
   )`,
  `create index on provider_identity (member_id)`,
  `create table used_sign_in_flow (
     id uuid primary key,
     good_until timestamptz not null
   )`,
  `create index on used_sign_in_flow (good_until)`,
  `alter table session
     add column by_provider boolean not null default false,
     add column strong_by_provider boolean not null default false`,
  ...Object.keys(SIGN_IN_PROVIDER_TABLES).map((table) => `grant select, insert, update, delete on ${table} to ld_app`),
];
