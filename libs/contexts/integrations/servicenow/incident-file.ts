import { type FileHandle, open } from 'node:fs/promises';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CsvError, type Parser, parse } from 'csv-parse';
import { ImportRefused } from './import-refused.js';
import { incidentReader, type IncidentRow, type RejectedRow } from './incident-row.js';
import { localTimes } from './local-times.js';

/** What a file holds. */
export interface IncidentFile {
  /** All rows but the first line. */
  readonly rows: number;
  readonly incidents: readonly Incident[];
  readonly rejected: readonly RejectedRow[];
}

export interface Incident {
  readonly number: string;
  /** In the order in which they came about; at least one. */
  readonly rows: readonly [IncidentRow, ...IncidentRow[]];
}

export interface ReadIncidentsOptions {
  /** IANA name of the zone of the file's clock. */
  readonly timeZone: string;
  /** Told as the file is read: bytes so far, and in all. */
  readonly onProgress?: (bytes: number, size: number) => void;
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const LONGEST_RECORD = 1024 * 1024;

/**
 * Reads a list of ServiceNow incidents, as CSV or as CSV packed with gzip. Rows of one incident may stand anywhere: they come in
 * the order of their instants, then of `sys_mod_count`, then of their lines.
 * @throws ImportRefused
 */
export async function readIncidents(path: string, options: ReadIncidentsOptions): Promise<IncidentFile> {
  const times = localTimes(options.timeZone);
  const { file, size, packed } = await opened(path);
  const rows: IncidentRow[] = [];
  const rejected: RejectedRow[] = [];
  let read: ReturnType<typeof incidentReader> | undefined;
  const csv = parse({
    bom: true,
    relax_column_count: true,
    max_record_size: LONGEST_RECORD,
    on_record: (cells: string[], { lines }) => {
      if (!read) {
        read = incidentReader(cells, times);
        return null;
      }
      const row = read(cells, lines);
      if ('reason' in row) rejected.push(row);
      else rows.push(row);
      return null;
    },
  });
  await parsed(path, counted(file, size, options), csv, packed);
  if (!read) throw new ImportRefused(`${path} is empty: name a file with incidents.`);
  return { rows: rows.length + rejected.length, incidents: incidentsOf(rows), rejected };
}

async function opened(path: string): Promise<{ file: FileHandle; size: number; packed: boolean }> {
  try {
    const file = await open(path);
    const stats = await file.stat();
    if (!stats.isFile()) {
      await file.close();
      throw new ImportRefused(`${path} is not a file: name a csv or csv.gz file.`);
    }
    const { buffer } = await file.read(Buffer.alloc(GZIP.length), 0, GZIP.length, 0);
    return { file, size: stats.size, packed: buffer.equals(GZIP) };
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    throw new ImportRefused(`${path} can not be read (${reasonOf(error)}): check the path and its owner.`);
  }
}

function counted(file: FileHandle, size: number, { onProgress }: ReadIncidentsOptions): Readable {
  const bytes = file.createReadStream({ start: 0 });
  let done = 0;
  bytes.on('data', (chunk) => {
    done += chunk.length;
    onProgress?.(done, size);
  });
  return bytes;
}

async function parsed(path: string, bytes: Readable, csv: Parser, packed: boolean): Promise<void> {
  // Every record was taken by the parser's callback; what comes out of it is nothing.
  const end = new Writable({
    objectMode: true,
    write: (_record, _encoding, done) => {
      done();
    },
  });
  try {
    await (packed ? pipeline(bytes, createGunzip(), csv, end) : pipeline(bytes, csv, end));
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    if (error instanceof CsvError) throw new ImportRefused(`${path} is not a CSV file: ${error.message}.`);
    throw new ImportRefused(`${path} is damaged (${reasonOf(error)}): get the file again.`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function incidentsOf(rows: readonly IncidentRow[]): readonly Incident[] {
  const byNumber = Map.groupBy(rows, ({ number }) => number);
  return [...byNumber].flatMap(([number, found]) => {
    const [first, ...later] = found.toSorted(inOrder);
    return first ? [{ number, rows: [first, ...later] }] : [];
  });
}

function inOrder(a: IncidentRow, b: IncidentRow): number {
  return a.updatedAt - b.updatedAt || a.modification - b.modification || a.line - b.line;
}
