import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type ExportReport, type ExportSources, type ExportWish, exportLedger } from './export-ledger.js';

/** Writes an export, compressed, as fast as its target takes it. */
export async function writeExport(
  sources: ExportSources,
  wish: ExportWish,
  target: Writable,
  signal?: AbortSignal,
): Promise<ExportReport> {
  let report: ExportReport | undefined;
  async function* texts(): AsyncGenerator<string> {
    report = yield* exportLedger(sources, wish);
  }
  // Ciphertext hardly gets smaller; a higher level costs time and saves little.
  const gzip = createGzip({ level: 4, chunkSize: 64 * 1024 });
  await pipeline(Readable.from(texts()), gzip, target, ...(signal ? [{ signal }] : []));
  if (!report) throw new Error('The export ended before its last line.');
  return report;
}
