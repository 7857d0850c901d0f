import { fdatasync, openSync, write } from 'node:fs';
import { promisify } from 'node:util';

const append = promisify(write);
const flush = promisify(fdatasync);

/**
 * What the checker has asked and heard, one JSON object per line. A line that was awaited is on the disk: lines that come while
 * others are written share the next flush.
 * @param {string} file
 */
export function journal(file) {
  const descriptor = openSync(file, 'a', 0o600);
  let waiting = [];
  let writing;
  const drain = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await append(descriptor, batch.map(({ line }) => line).join(''));
      await flush(descriptor);
      for (const { written } of batch) written();
    }
    writing = undefined;
  };
  return (entry) =>
    new Promise((written) => {
      waiting.push({ line: `${JSON.stringify({ at: Date.now(), ...entry })}\n`, written });
      writing ??= drain();
    });
}
