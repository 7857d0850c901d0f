import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { type Client, escapeIdentifier } from 'pg';
import { from, to } from 'pg-copy-streams';
import type { Table } from './backed-up-tables.js';
import { BackupRefused, codeOf } from './errors.js';
import type { TableFile } from './manifest.js';

const pathOf = (folder: string, table: string): string => join(folder, `${table}.copy.gz`);
const listed = (columns: readonly string[]): string => columns.map((column) => escapeIdentifier(column)).join(', ');

/** Counts and hashes what passes. */
class Meter extends Transform {
  bytes = 0;
  private readonly hash: Hash = createHash('sha256');

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    done(null, chunk);
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}

/** Writes the rows that the transaction of `client` sees as Postgres' own COPY text, compressed. */
export async function copyOut(client: Client, { name, columns, rows }: Table, folder: string): Promise<TableFile> {
  const source = client.query(to(`copy (select ${listed(columns)} from ${escapeIdentifier(name)} ${rows}) to stdout`));
  const meter = new Meter();
  const file = createWriteStream(pathOf(folder, name), { mode: 0o600, flush: true });
  await pipeline(source, meter, createGzip({ level: 6 }), file);
  return { table: name, columns: [...columns], rows: source.rowCount, bytes: meter.bytes, sha256: meter.digest() };
}

/** @throws BackupRefused when the file is not the one that the manifest describes */
export async function checkFile(folder: string, file: TableFile): Promise<void> {
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  await readThrough(folder, file, nowhere);
}

/** Puts the rows into the table of the same name. @throws BackupRefused like `checkFile`; the transaction is the caller's */
export async function copyIn(client: Client, folder: string, file: TableFile): Promise<void> {
  const target = client.query(from(`copy ${escapeIdentifier(file.table)} (${listed(file.columns)}) from stdin`));
  await readThrough(folder, file, target);
  if (target.rowCount !== file.rows) throw damaged(folder, file);
}

async function readThrough(folder: string, file: TableFile, target: Writable): Promise<void> {
  const meter = new Meter();
  try {
    await pipeline(createReadStream(pathOf(folder, file.table)), createGunzip(), meter, target);
  } catch (error) {
    if (isDamage(error)) throw damaged(folder, file);
    throw error;
  }
  if (meter.bytes !== file.bytes || meter.digest() !== file.sha256) throw damaged(folder, file);
}

/** A missing file, or one that the decompressor gives up on. */
function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function damaged(folder: string, { table }: TableFile): BackupRefused {
  return new BackupRefused('backup.damaged', `${pathOf(folder, table)} is damaged or cut off: use another backup.`);
}
