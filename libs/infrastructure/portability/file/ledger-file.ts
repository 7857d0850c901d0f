import { MoveRefused } from '../refused.js';
import { ANY_HEADER, type EndLine, FORMAT, type HeaderLine, type LedgerLine, LINE, VERSION } from './ledger-lines.js';
import { cutOff, LineReader, notAnExport } from './line-reader.js';

/** Places of the kinds in a file: each line stands at or behind the ones before it; events and seals are mixed. */
const ORDER = { header: 0, sealKey: 1, key: 2, event: 3, seal: 3, end: 4 } as const;

export interface ReadFileOptions {
  /** Called with bytes of the compressed file, now and then. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Reads an export from its first line to its last and checks what every export has: format and version, the shape and the order
 * of its lines, counts and digest. Pages of lines are handed out before the end was seen, so act on them only in a second reading.
 * Counts and digest are compared after the last line was handed out.
 * @throws MoveRefused
 */
export async function* readLedgerFile(
  path: string,
  { onProgress }: ReadFileOptions = {},
): AsyncGenerator<readonly LedgerLine[]> {
  const reader = new LineReader(path);
  const total = await reader.size();
  const counts = { header: 0, sealKey: 0, key: 0, event: 0, seal: 0, end: 0 };
  let last: LedgerLine | undefined;
  for await (const texts of reader.pages()) {
    const page: LedgerLine[] = [];
    for (const { number, text } of texts) {
      const line = number === 1 ? header(text) : parsed(text, number);
      if (last && ORDER[line.kind] < ORDER[last.kind]) throw damaged(number);
      if (last?.kind === 'end' || (line.kind === 'header' && number > 1)) throw damaged(number);
      counts[line.kind] += 1;
      last = line;
      page.push(line);
    }
    onProgress?.(reader.read, total);
    yield page;
  }
  if (last?.kind !== 'end') throw last ? cutOff() : notAnExport();
  const lines = Object.values(counts).reduce((sum, count) => sum + count, -1);
  checkEnd(last, { events: counts.event, keys: counts.key, lines, seals: counts.seal, digest: reader.digest() });
}

/** Only the first line of a file. @throws MoveRefused */
export async function readHeader(path: string): Promise<HeaderLine> {
  const reader = new LineReader(path);
  await reader.size();
  for await (const [first] of reader.pages()) if (first) return header(first.text);
  throw notAnExport();
}

function header(text: string): HeaderLine {
  const found = ANY_HEADER.safeParse(jsonOf(text));
  if (!found.success || found.data.format !== FORMAT) throw notAnExport();
  const { version } = found.data;
  if (version > VERSION) {
    throw new MoveRefused(
      'file.newer-format',
      `The file has version ${String(version)} of the format and this release reads up to ${String(VERSION)}: import it with a newer release.`,
    );
  }
  const line = parsed(text, 1);
  if (line.kind !== 'header' || (line.keys === 'passphrase') !== (line.passphrase !== undefined)) throw damaged(1);
  return line;
}

function parsed(text: string, number: number): LedgerLine {
  const result = LINE.safeParse(jsonOf(text));
  if (!result.success) throw damaged(number);
  return result.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checkEnd(end: EndLine, counted: Omit<EndLine, 'kind' | 'keyId' | 'signature'>): void {
  for (const name of ['events', 'keys', 'lines', 'seals', 'digest'] as const) {
    if (end[name] === counted[name]) continue;
    const sentence = 'The file is not the one that was exported: its lines do not match its last line.';
    throw new MoveRefused('file.damaged', sentence);
  }
}

function damaged(line: number): MoveRefused {
  return new MoveRefused(
    'file.damaged',
    `Line ${String(line)} of the file is not what an export has there: it is damaged or was changed by hand.`,
  );
}
