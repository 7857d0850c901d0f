import type { Finding } from './finding.js';

/** An export that is not whole, or not in the order that docs/ledger-format.md describes. The message is a sentence for people. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';

  get finding(): Finding {
    return { kind: 'damaged-file', sentence: this.message };
  }
}

/** A file that this version does not read: another format, or one of the future. The message is a sentence for people. */
export class UnknownFormat extends Error {
  override readonly name = 'UnknownFormat';
}
