import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { type Table, tablesOf } from './backed-up-tables.js';
import { BackupRefused, codeOf } from './errors.js';
import { FORMAT, FORMAT_VERSION, type Manifest, MANIFEST } from './manifest.js';
import { copyOut } from './table-file.js';

export interface BackupOptions {
  /** The administrator of `DATABASE_URL`, who must see past row level security. */
  readonly databaseUrl: string;
  /** Must not exist; made when the backup is whole. */
  readonly folder: string;
  /** Must not exist and lies elsewhere: whoever has both can read personal texts of persons who were erased since. */
  readonly keysFolder: string;
  readonly ledger: Manifest['ledger'];
}

/**
 * Writes everything that can't be rebuilt, as it stood at one instant, while the desk goes on: one read-only transaction sees one
 * state of every table.
 * @throws BackupRefused; then neither folder exists
 */
export async function takeBackup(options: BackupOptions): Promise<Manifest> {
  const parts = { state: options.folder, keys: options.keysFolder };
  for (const folder of Object.values(parts)) await refuseExisting(folder);
  const client = new Client({ connectionString: options.databaseUrl, application_name: 'ledgerdesk-backup' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read, read only');
    // An error instead of the few rows that a policy lets through.
    await client.query('set local row_security = off');
    await refuseRoleBehindPolicies(client);
    const tables = await tablesOf(client);
    const common = await describe(client, options.ledger);
    const write = async (part: Manifest['part']): Promise<Manifest> =>
      writePart(
        client,
        draftOf(parts[part]),
        { ...common, part },
        tables.filter(({ fate }) => fate === part),
      );
    const manifest = await write('state');
    await write('keys');
    // The keys first: a backup that was interrupted between the two has no state that anybody would try to restore.
    for (const part of ['keys', 'state'] as const) await rename(draftOf(parts[part]), parts[part]);
    return manifest;
  } catch (error) {
    for (const folder of Object.values(parts)) await rm(draftOf(folder), { recursive: true, force: true });
    throw isFullDisk(error)
      ? new BackupRefused('backup.disk-full', `The disk that holds ${options.folder} is full: nothing was kept.`)
      : error;
  } finally {
    await client.end();
  }
}

async function refuseExisting(folder: string): Promise<void> {
  const found = await open(folder).catch(() => undefined);
  if (found === undefined) return;
  await found.close();
  throw new BackupRefused('backup.folder-exists', `${folder} exists: a backup goes into a folder of its own.`);
}

async function refuseRoleBehindPolicies(client: Client): Promise<void> {
  const { rows } = await client.query<{ sees: boolean }>(
    'select rolsuper or rolbypassrls as sees from pg_roles where rolname = current_user',
  );
  if (rows[0]?.sees !== true)
    throw new BackupRefused(
      'backup.role',
      'The role of DATABASE_URL does not see past row level security: give it BYPASSRLS, or let the provider of the database take the backups.',
    );
}

async function describe(client: Client, ledger: Manifest['ledger']): Promise<Omit<Manifest, 'part' | 'files'>> {
  const { rows } = await client.query<{ position: string; migrations: string[]; at: Date }>(
    `select coalesce((select max(global_position)::text from events), '') as position, now() as at,
            array(select name::text from schema_migration order by name) as migrations`,
  );
  const [found] = rows;
  if (found === undefined) throw new Error('The database did not describe itself.');
  const { position, migrations, at } = found;
  return {
    format: FORMAT,
    version: FORMAT_VERSION,
    backup: randomUUID(),
    takenAt: at.toISOString(),
    position,
    ledger,
    migrations,
  };
}

async function writePart(
  client: Client,
  folder: string,
  described: Omit<Manifest, 'files'>,
  tables: readonly Table[],
): Promise<Manifest> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files = [];
  for (const table of tables) files.push(await copyOut(client, table, folder));
  const manifest = { ...described, files };
  const file = await open(join(folder, MANIFEST), 'w', 0o600);
  await file.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`);
  await file.sync();
  await file.close();
  await syncFolder(folder);
  await syncFolder(dirname(folder));
  return manifest;
}

/** Names in a folder are on the disk only when the folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

const draftOf = (folder: string): string => `${folder}.unfinished`;

export function isFullDisk(error: unknown): boolean {
  return ['ENOSPC', '53100'].includes(codeOf(error));
}
