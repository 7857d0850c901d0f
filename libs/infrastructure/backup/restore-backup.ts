import { createSecretKey } from 'node:crypto';
import type { Constructor } from '@mikro-orm/core';
import type { Migration } from '@mikro-orm/migrations';
import { deriveKey } from '@ledgerdesk/config';
import { opensWorkspaceKey } from '@ledgerdesk/event-store';
import { migrate } from '@ledgerdesk/read-store';
import { Client } from 'pg';
import { LEFT_OUT, SOME_ROWS } from './backed-up-tables.js';
import { BackupRefused } from './errors.js';
import { type Manifest, readManifest, type TableFile } from './manifest.js';
import { backupMigrations } from './restoring.migration.js';
import { checkFile, copyIn } from './table-file.js';
import { isFullDisk } from './take-backup.js';

export interface RestoreOptions {
  /** The administrator of `DATABASE_URL`. */
  readonly databaseUrl: string;
  readonly installationKey: Uint8Array;
  readonly folder: string;
  readonly keysFolder: string;
  /** All that this release knows. */
  readonly migrations: readonly Constructor<Migration>[];
  /** Runs after the newest migration as `ld_owner`; the place to install read models. */
  readonly install: (owner: Client) => Promise<void>;
}

const RESTORE_LOCK = 7_105_007;
const ROLES = ['ld_owner', 'ld_app', 'ld_project'] as const;

/** Reads every byte of a backup. @throws BackupRefused naming the first thing that is wrong */
export async function checkBackup(folder: string, keysFolder: string): Promise<Manifest> {
  const state = await readManifest(folder, 'state');
  const keys = await readManifest(keysFolder, 'keys');
  if (state.backup !== keys.backup)
    throw new BackupRefused(
      'backup.other-keys',
      `The keys in ${keysFolder} belong to another backup than the state in ${folder}.`,
    );
  for (const file of state.files) await checkFile(folder, file);
  for (const file of keys.files) await checkFile(keysFolder, file);
  return state;
}

/**
 * Puts a backup into an empty installation and leaves it closed: `restore_in_progress` has a row until `openRestored`. All rows come
 * in one transaction, so a restore that was killed can be repeated from the beginning.
 * @throws BackupRefused before anything is changed when the backup or the place is not fit
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { databaseUrl, installationKey, folder, keysFolder } = options;
  const state = await checkBackup(folder, keysFolder);
  const keys = await readManifest(keysFolder, 'keys');
  const older = migrationsOf(state, options);
  const admin = new Client({ connectionString: databaseUrl, application_name: 'ledgerdesk-restore' });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock($1)', [RESTORE_LOCK]);
    await refuseRunningDesk(admin);
    await refuseFullDatabase(admin);
    await wipe(admin);
    await migrate({ databaseUrl, installationKey, migrations: older });
    await load(
      admin,
      [
        ...state.files.map((file) => ({ file, from: folder })),
        ...keys.files.map((file) => ({ file, from: keysFolder })),
      ],
      async () => {
        await refuseOtherKey(admin, installationKey, keysFolder);
        await admin.query('insert into restore_in_progress (backup) values ($1)', [state.backup]);
      },
    );
    await migrate({ databaseUrl, installationKey, migrations: options.migrations, install: options.install });
    return state;
  } catch (error) {
    if (isFullDisk(error))
      throw new BackupRefused(
        'backup.disk-full',
        'The disk of the database is full: free some space and restore again.',
      );
    throw error;
  } finally {
    await admin.end();
  }
}

/** Ends a restore: from now on the desk may be opened. */
export async function openRestored(databaseUrl: string): Promise<void> {
  const admin = new Client({ connectionString: databaseUrl });
  await admin.connect();
  try {
    await admin.query('delete from restore_in_progress');
  } finally {
    await admin.end();
  }
}

/** @throws BackupRefused while a restore has not finished; every process asks before it opens the desk */
export async function refuseUnfinishedRestore(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ began: Date }>('select began_at as began from restore_in_progress');
    const [unfinished] = rows;
    if (unfinished !== undefined)
      throw new BackupRefused(
        'restore.unfinished',
        `A restore began at ${unfinished.began.toISOString()} and has not finished: run "ledgerdesk restore" again, then start the desk.`,
      );
  } finally {
    await client.end();
  }
}

/** The migrations that the backup had seen; the rest runs over its rows afterwards, as it would have run there. */
function migrationsOf({ migrations }: Manifest, options: RestoreOptions): readonly Constructor<Migration>[] {
  const known = new Set(options.migrations.map(({ name }) => name));
  const unknown = migrations.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new BackupRefused(
      'backup.newer-schema',
      `The backup in ${options.folder} was taken by a newer release (${unknown}): restore it with that one.`,
    );
  const own: readonly Constructor<Migration>[] = backupMigrations;
  return options.migrations.filter((migration) => migrations.includes(migration.name) || own.includes(migration));
}

async function refuseRunningDesk(admin: Client): Promise<void> {
  const { rowCount } = await admin.query(
    'select 1 from pg_stat_activity where datname = current_database() and usename = any($1)',
    [ROLES],
  );
  if (rowCount !== 0)
    throw new BackupRefused('restore.desk-runs', 'A desk or a worker uses this database: stop it, then restore.');
}

/** A fresh installation may have been migrated, and a restore that was killed is no loss; anything else is somebody's work. */
async function refuseFullDatabase(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  const names = rows.map(({ name }) => name);
  const [first] = names;
  if (first !== undefined && !names.includes('schema_migration')) throw notEmpty(first);
  if (names.includes('restore_in_progress') && (await hasRows(admin, 'restore_in_progress'))) return;
  for (const name of names) if (!FILLED_WHILE_EMPTY.has(name) && (await hasRows(admin, name))) throw notEmpty(name);
}

/** What migrations and a worker that found nothing to do leave behind. */
const FILLED_WHILE_EMPTY = new Set([...Object.keys(LEFT_OUT), ...Object.keys(SOME_ROWS)]);

async function hasRows(admin: Client, table: string): Promise<boolean> {
  const { rowCount } = await admin.query(`select 1 from ${admin.escapeIdentifier(table)} limit 1`);
  return rowCount !== 0;
}

function notEmpty(table: string): BackupRefused {
  return new BackupRefused(
    'restore.not-empty',
    `The database is in use (it has the table ${table}): restore into an empty one.`,
  );
}

/** Only after `refuseFullDatabase`: whatever is in the schema was made by an installation that holds nothing. */
async function wipe(admin: Client): Promise<void> {
  await admin.query('begin; drop schema public cascade; create schema public authorization pg_database_owner; commit');
}

async function load(
  admin: Client,
  files: readonly { readonly file: TableFile; readonly from: string }[],
  atLast: () => Promise<void>,
): Promise<void> {
  await admin.query('begin');
  try {
    // An error instead of rows that a policy keeps out.
    await admin.query('set local row_security = off');
    for (const { file, from } of files) await copyIn(admin, from, file);
    await admin.query(CONTINUE_SEQUENCES);
    await atLast();
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback');
    throw error;
  }
  await admin.query('analyze');
}

/** Numbers that the database gives out go on after the highest. */
const CONTINUE_SEQUENCES = `
  do $$
  declare owned record;
  begin
    for owned in
      select c.relname as name, a.attname as counted, pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null
    loop
      execute format('select setval(%L, greatest((select max(%I) from %I), 1))', owned.sequence, owned.counted, owned.name);
    end loop;
  end $$`;

async function refuseOtherKey(admin: Client, installationKey: Uint8Array, keysFolder: string): Promise<void> {
  const { rows } = await admin.query<{ workspaceId: string; wrapped: Buffer }>(
    'select workspace_id as "workspaceId", wrapped from workspace_key',
  );
  const wrapping = createSecretKey(deriveKey(installationKey, 'key-wrapping'));
  if (!rows.every(({ workspaceId, wrapped }) => opensWorkspaceKey(wrapping, workspaceId, wrapped)))
    throw new BackupRefused(
      'backup.other-keys',
      `The installation key does not open the keys in ${keysFolder}: use the key of the installation that was backed up.`,
    );
}
