import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { DamagedFile } from './damaged-file.js';

/** A line holds at most this many bytes; an event of 1 MiB has room in it however it is escaped. */
const LONGEST_LINE = 8 * 1024 * 1024;
const LINE_FEED = 10;

/** Decompressed bytes, from the beginning, as often as asked. */
export type ExportBytes = () => AsyncIterable<Buffer>;

/** The bytes of a compressed export; a file that was cut off gives what is left, then DamagedFile. */
export function exportFile(path: string): ExportBytes {
  return async function* bytes() {
    const file = createReadStream(path);
    const unpacked = file.pipe(createGunzip());
    file.once('error', (error) => unpacked.destroy(error));
    try {
      for await (const chunk of unpacked) yield chunk as Buffer;
    } catch (error) {
      if (isOfFile(error)) throw error;
      throw new DamagedFile('The file is not a whole gzip file: it was cut off or damaged; copy it again.', {
        cause: error,
      });
    } finally {
      file.destroy();
    }
  };
}

/** Whole lines without their line feeds. Memory is bounded by the longest line. @throws DamagedFile */
export async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let restLength = 0;
  for await (const chunk of bytes) {
    let begin = 0;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, begin)) {
      const piece = chunk.subarray(begin, at);
      yield rest.length === 0 ? piece : Buffer.concat([...rest, piece]);
      rest = [];
      restLength = 0;
      begin = at + 1;
    }
    if (begin < chunk.length) rest.push(chunk.subarray(begin));
    restLength += chunk.length - begin;
    if (restLength > LONGEST_LINE)
      throw new DamagedFile('The file holds a line of more than 8 MiB: it is not an export.');
  }
  if (restLength > 0) throw new DamagedFile('The last line of the file is not whole: it was cut off; copy it again.');
}

/** Errors of the file system, not of its content, have codes like `ENOENT`; those of unpacking begin with `Z`. */
function isOfFile(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('E');
}
