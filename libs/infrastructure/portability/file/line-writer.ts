import { createHash } from 'node:crypto';
import { canonicalText } from '@ledgerdesk/event-store';
import { DIGEST_DOMAIN, type EndLine, type LedgerLine } from './ledger-lines.js';

/** What the last line says, still to be signed. */
export type UnsignedEnd = Pick<EndLine, 'kind' | 'digest' | 'events' | 'keys' | 'lines' | 'seals'>;

/** Turns lines into the text of an export, and counts what its last line tells about them. */
export class LineWriter {
  private readonly digested = createHash('sha256').update(DIGEST_DOMAIN);
  private readonly counts = { event: 0, key: 0, seal: 0 };
  private lines = 0;

  /** The text of these lines. */
  write(lines: readonly LedgerLine[]): string {
    const text = lines.map((line) => `${canonicalText(line)}\n`).join('');
    for (const { kind } of lines) if (kind === 'event' || kind === 'key' || kind === 'seal') this.counts[kind] += 1;
    this.lines += lines.length;
    this.digested.update(text);
    return text;
  }

  /** To be asked for once, behind everything else. */
  end(): UnsignedEnd {
    const { event, key, seal } = this.counts;
    const digest = this.digested.digest('hex');
    return { kind: 'end', digest, events: event, keys: key, lines: this.lines, seals: seal };
  }
}
