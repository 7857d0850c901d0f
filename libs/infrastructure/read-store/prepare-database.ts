import type { Client } from 'pg';
import { LOGIN_ROLES, rolePassword } from './roles.js';

const EXTENSIONS = ['pg_trgm', 'unaccent', 'btree_gin'] as const;

/** Own SECURITY DEFINER functions and never log in: the append function, and searches that must see past row level security. */
const FUNCTION_ROLES = ['ld_append', 'ld_search'] as const;

/**
 * Makes the roles, their rights on the connected database, and the extensions. `admin` needs no superuser: CREATEROLE and
 * ownership of the database are enough (the extensions are trusted ones). Repeating it changes nothing but the passwords,
 * which follow the installation key.
 */
export async function prepareDatabase(admin: Client, installationKey: Uint8Array): Promise<void> {
  for (const role of LOGIN_ROLES) {
    await createRole(admin, role, 'login');
    await admin.query(`alter role ${role} password '${rolePassword(installationKey, role)}'`);
  }
  for (const role of FUNCTION_ROLES) {
    await createRole(admin, role, 'nologin');
    // Only to hand functions over to them: nothing is inherited, so the owner writes no events by accident.
    await admin.query(`grant ${role} to ld_owner with inherit false, set true`);
  }

  const { rows } = await admin.query<{ name: string }>('select quote_ident(current_database()) as name');
  const database = rows[0]?.name ?? '';
  await admin.query(`revoke all on database ${database} from public`);
  await admin.query(`grant connect on database ${database} to ld_owner, ld_app, ld_project`);
  await admin.query(`grant create, temporary on database ${database} to ld_owner`);
  await admin.query('revoke all on schema public from public');
  await admin.query('grant usage, create on schema public to ld_owner with grant option');
  await admin.query('grant usage on schema public to ld_app, ld_project, ld_append, ld_search');
  for (const extension of EXTENSIONS) await admin.query(`create extension if not exists ${extension}`);
}

async function createRole(admin: Client, role: string, login: 'login' | 'nologin'): Promise<void> {
  const existing = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  if (existing.rowCount === 0) await admin.query(`create role ${role} ${login}`);
}
