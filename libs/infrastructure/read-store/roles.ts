import { deriveKey } from '@ledgerdesk/config';

/**
 * The four database roles. `ld_owner` owns the tables and logs in only to migrate and rebuild; `ld_append` never logs in and
 * owns the append function, the only writer of events; `ld_project` follows the log and writes read models; `ld_app` does
 * everything else, confined to one workspace by row level security. None is a superuser or bypasses row level security.
 */
export const LOGIN_ROLES = ['ld_owner', 'ld_app', 'ld_project'] as const;
export type LoginRole = (typeof LOGIN_ROLES)[number];

/** Password of a role: derived, so there is no second secret to keep. */
export function rolePassword(installationKey: Uint8Array, role: LoginRole): string {
  return deriveKey(installationKey, `role-password:${role}`).toString('hex');
}

/** The connection URL of a role, on the server and database of `databaseUrl`. */
export function roleUrl(databaseUrl: string, installationKey: Uint8Array, role: LoginRole): string {
  const url = new URL(databaseUrl);
  url.username = role;
  url.password = rolePassword(installationKey, role);
  return url.href;
}
