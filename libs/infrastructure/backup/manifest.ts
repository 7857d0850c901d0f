import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BackupRefused } from './errors.js';

export const FORMAT = 'ledgerdesk-backup';
/** Raised when an older release could misunderstand a newer backup. */
export const FORMAT_VERSION = 1;
export const MANIFEST = 'manifest.json';

const tableFile = z.strictObject({
  table: z.string(),
  columns: z.array(z.string()),
  /** Rows and bytes before compression, and the SHA-256 of those bytes. */
  rows: z.number().int().min(0),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What lies in a folder of a backup; written last, so that a folder that has one is whole. */
export const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  /** The same in the folder of the state and in that of the keys, which belong together. */
  backup: z.uuid(),
  part: z.enum(['state', 'keys']),
  takenAt: z.iso.datetime(),
  /** The newest event in it; empty when there was none, or when the events are kept in EventStoreDB. */
  position: z.string(),
  ledger: z.enum(['postgres', 'eventstoredb']),
  migrations: z.array(z.string()),
  files: z.array(tableFile),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type TableFile = z.infer<typeof tableFile>;

/** @throws BackupRefused when the folder is no backup, is not whole, or comes from a newer release */
export async function readManifest(folder: string, part: Manifest['part']): Promise<Manifest> {
  const content = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined);
  if (content === undefined)
    throw new BackupRefused('backup.incomplete', `${folder} holds no finished backup: it has no ${MANIFEST}.`);
  const value = parsed(content, folder);
  if (value.format !== FORMAT) throw new BackupRefused('backup.unreadable', `${folder} is no backup of Ledgerdesk.`);
  if (typeof value.version === 'number' && value.version > FORMAT_VERSION)
    throw new BackupRefused(
      'backup.newer-format',
      `The backup in ${folder} has format ${String(value.version)}, this release reads up to ${String(FORMAT_VERSION)}: restore it with a newer release.`,
    );
  const manifest = manifestSchema.safeParse(value);
  if (!manifest.success)
    throw new BackupRefused('backup.unreadable', `${join(folder, MANIFEST)} is damaged: use another backup.`);
  if (manifest.data.part !== part)
    throw new BackupRefused(
      'backup.wrong-part',
      `${folder} holds the ${manifest.data.part} of a backup, not the ${part}.`,
    );
  return manifest.data;
}

function parsed(content: string, folder: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Said below, like every other damage.
  }
  throw new BackupRefused('backup.unreadable', `${join(folder, MANIFEST)} is damaged: use another backup.`);
}
