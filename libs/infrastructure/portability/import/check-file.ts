import { stat } from 'node:fs/promises';
import { readLedgerFile } from '../file/ledger-file.js';
import type { EndLine, EventLine, HeaderLine } from '../file/ledger-lines.js';
import { type FileKey, fileKeyOf, openKeyLine } from '../file/passphrase.js';
import { MoveRefused } from '../refused.js';
import { checkEvent } from './check-event.js';
import { StreamEnds } from './stream-ends.js';

export interface CheckOptions {
  /** Asked for when the file holds keys. */
  readonly passphrase: () => Promise<string>;
  readonly onProgress?: ((bytes: number, total: number) => void) | undefined;
  /** Sees every event, in log order. */
  readonly onEvent?: ((event: EventLine) => void) | undefined;
}

/** A file of which every line was found good. */
export interface CheckedFile {
  readonly path: string;
  readonly header: HeaderLine;
  readonly end: EndLine;
  readonly fileKey: FileKey | undefined;
  /** Where each stream ends in the file. */
  readonly ends: StreamEnds;
  /** Keys that texts are sealed under. */
  readonly keyIds: ReadonlySet<string>;
  /** When the ledger learned the newest of the events, RFC 3339 UTC. */
  readonly historyUntil: string;
  /** Which file it was, to notice when it is another one later. */
  readonly identity: string;
}

/** An envelope in canonical text. A text of a person can not hold this: its quotation marks are escaped. */
const ENVELOPE = /"ciphertext":"[\w-]*","keyId":("(?:[^"\\]|\\.)*"),"nonce":"/g;

/**
 * Reads the whole file and writes nothing: form, digest, keys, hashes, chains, and that all of it belongs to one workspace.
 * @throws MoveRefused with what is wrong first
 */
export async function checkFile(path: string, options: CheckOptions): Promise<CheckedFile> {
  const identity = await fileIdentity(path);
  const ends = new StreamEnds();
  const keyIds = new Set<string>();
  let header: HeaderLine | undefined;
  let end: EndLine | undefined;
  let fileKey: FileKey | undefined;
  const ids = new RecentIds();
  let historyUntil = '';
  for await (const page of readLedgerFile(path, options)) {
    for (const line of page) {
      if (line.kind === 'header') {
        header = line;
        if (line.passphrase) fileKey = await fileKeyOf(await options.passphrase(), line.passphrase);
      } else if (line.kind === 'end') end = line;
      else if (!header || (line.kind === 'key' && !fileKey)) throw keysWithoutPassphrase();
      else if (line.kind === 'key' && fileKey) openKeyLine(fileKey, header.workspace, line);
      else if (line.kind === 'event') {
        const { recordedAt } = checkEvent(line, header.workspace, ends);
        if (!ids.add(line.id)) throw repeated(line);
        if (recordedAt > historyUntil) historyUntil = recordedAt;
        for (const [, keyId = ''] of line.data.matchAll(ENVELOPE)) keyIds.add(JSON.parse(keyId) as string);
        options.onEvent?.(line);
      }
    }
  }
  if (!header || !end) throw new Error('A file that was read to its end has a first and a last line.');
  if (end.events === 0) throw new MoveRefused('file.damaged', 'The file holds no events: there is nothing to import.');
  return { path, header, end, fileKey, ends, keyIds, historyUntil, identity };
}

/** @throws MoveRefused when the file is another one than was checked */
export async function refuseChangedFile({ path, identity }: CheckedFile): Promise<void> {
  if ((await fileIdentity(path)) === identity) return;
  throw new MoveRefused('file.damaged', `${path} was changed while it was imported: type the command again.`);
}

async function fileIdentity(path: string): Promise<string> {
  const { ino, size, mtimeMs } = await stat(path).catch(() => ({ ino: 0, size: 0, mtimeMs: 0 }));
  return [ino, size, mtimeMs].join();
}

function keysWithoutPassphrase(): MoveRefused {
  return new MoveRefused(
    'file.damaged',
    'The file holds keys that no passphrase protects: it was not written by Ledgerdesk.',
  );
}

function repeated({ id }: EventLine): MoveRefused {
  return new MoveRefused('file.damaged', `The event ${id} is in the file twice: it was not written by Ledgerdesk.`);
}

/** As many ids back as one append may hold, for a store refuses an append in which two events share one. */
class RecentIds {
  private older = new Set<string>();
  private newer = new Set<string>();

  /** `false` when the id is there. */
  add(id: string): boolean {
    if (this.newer.has(id) || this.older.has(id)) return false;
    this.newer.add(id);
    if (this.newer.size === 4_096) [this.older, this.newer] = [this.newer, new Set()];
    return true;
  }
}
