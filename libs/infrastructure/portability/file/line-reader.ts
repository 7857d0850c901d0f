import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { MoveRefused } from '../refused.js';
import { DIGEST_DOMAIN, MOST_LINE_BYTES } from './ledger-lines.js';

const NEWLINE = 0x0a;
/** RFC 1952. */
const MAGIC = Buffer.of(0x1f, 0x8b);

/** One line of a file, without its end, and its number from 1. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
}

/** Reads the lines of a compressed file; holds one line and one chunk, whatever the file claims to be. */
export class LineReader {
  /** How many bytes of the compressed file have been read. */
  read = 0;
  private readonly digested = createHash('sha256').update(DIGEST_DOMAIN);
  private lines = 0;
  private held: Buffer | undefined;

  constructor(private readonly path: string) {}

  /** How long the compressed file is. @throws MoveRefused */
  async size(): Promise<number> {
    try {
      const file = await open(this.path);
      try {
        const found = await file.stat();
        if (!found.isFile()) throw new MoveRefused('file.unreadable', `${this.path} is not a file: name an export.`);
        const { buffer } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
        if (found.size > 0 && !buffer.equals(MAGIC)) throw notAnExport();
        return found.size;
      } finally {
        await file.close();
      }
    } catch (error) {
      throw error instanceof MoveRefused ? error : this.unreadable(error);
    }
  }

  /** Whole lines, several at a time. @throws MoveRefused */
  async *pages(): AsyncGenerator<readonly TextLine[]> {
    const source = createReadStream(this.path, { highWaterMark: 256 * 1024 });
    const unzip = createGunzip({ chunkSize: 256 * 1024 });
    source.on('data', (chunk) => (this.read += chunk.length));
    source.on('error', (error) => unzip.destroy(error));
    let rest: Buffer[] = [];
    let restBytes = 0;
    try {
      for await (const chunk of source.pipe(unzip) as AsyncIterable<Buffer>) {
        const page: TextLine[] = [];
        let from = 0;
        for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
          const line = Buffer.concat([...rest, chunk.subarray(from, end + 1)]);
          rest = [];
          restBytes = 0;
          from = end + 1;
          page.push(this.line(line));
        }
        rest.push(chunk.subarray(from));
        restBytes += chunk.length - from;
        if (restBytes > MOST_LINE_BYTES) throw this.tooLong();
        if (page.length > 0) yield page;
      }
    } catch (error) {
      if (error instanceof MoveRefused) throw error;
      throw this.unreadable(error);
    } finally {
      source.destroy();
    }
    if (restBytes > 0) throw cutOff();
  }

  /** SHA-256 over all lines but the last one. Asked for when everything was read. */
  digest(): string {
    return this.digested.digest('hex');
  }

  private line(bytes: Buffer): TextLine {
    if (bytes.length > MOST_LINE_BYTES) throw this.tooLong();
    // The last line holds the digest of those before it, and which one is last is known when no more comes.
    if (this.held) this.digested.update(this.held);
    this.held = bytes;
    this.lines += 1;
    return { number: this.lines, text: bytes.toString('utf8', 0, bytes.length - 1) };
  }

  private tooLong(): MoveRefused {
    const sentence = `Line ${String(this.lines + 1)} is longer than any line of an export: this file was not written by Ledgerdesk.`;
    return new MoveRefused('file.too-large', sentence);
  }

  private unreadable(error: unknown): MoveRefused {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') return cutOff();
    if (code?.startsWith('Z_')) {
      const sentence = 'The file is damaged: bring it here once more and compare it with the original.';
      return new MoveRefused('file.damaged', sentence);
    }
    return new MoveRefused('file.unreadable', `${this.path} can not be read (${message}): name a file that can be.`);
  }
}

export function cutOff(): MoveRefused {
  return new MoveRefused('file.cut-off', 'The file was cut off: bring the whole of it here, or export once more.');
}

export function notAnExport(): MoveRefused {
  return new MoveRefused(
    'file.not-an-export',
    'This is not an export of Ledgerdesk: name a file that "ledgerdesk export" has written.',
  );
}
