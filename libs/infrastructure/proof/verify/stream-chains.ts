import { NO_PREVIOUS_HASH } from '@ledgerdesk/event-store';

/** A part of all streams: those whose number, divided by `modulus`, leaves `rest`. */
interface Part {
  readonly modulus: number;
  readonly rest: number;
}

interface End {
  readonly revision: number;
  readonly hash: string;
}

/** Streams whose ends are kept at a time; about 300 bytes each. */
const LIMIT = 500_000;

/**
 * Where each stream ends so far, to say whether the next event of it follows. When there are too many streams to remember, half of them are
 * put off to another reading of the ledger, as often as needed, so memory stays bounded.
 */
export class StreamChains {
  private readonly ends = new Map<string, End>();
  private readonly later: Part[] = [];
  private part: Part = { modulus: 1, rest: 0 };

  constructor(private readonly limit = LIMIT) {}

  /** Begins the next reading; `false` when every stream has had its turn. */
  next(): boolean {
    const part = this.later.pop();
    if (!part) return false;
    this.part = part;
    this.ends.clear();
    return true;
  }

  /** The revision that should have come, or the event's own when that is right and the hash before it is not; else `undefined`. */
  broken(
    stream: string,
    revision: number,
    { hash, previousHash }: { hash: string; previousHash: unknown },
  ): number | undefined {
    if (!this.isMine(stream)) return undefined;
    const end = this.ends.get(stream);
    const expected = end ? end.revision + 1 : 0;
    if (revision !== expected) return Math.min(expected, revision);
    if (previousHash !== (end?.hash ?? NO_PREVIOUS_HASH)) return revision;
    this.ends.set(stream, { revision, hash });
    if (this.ends.size > this.limit) this.putOffHalf();
    return undefined;
  }

  private isMine(stream: string): boolean {
    return this.part.modulus === 1 || numberOf(stream) % this.part.modulus === this.part.rest;
  }

  private putOffHalf(): void {
    const { modulus, rest } = this.part;
    this.part = { modulus: modulus * 2, rest };
    this.later.push({ modulus: modulus * 2, rest: rest + modulus });
    for (const stream of this.ends.keys()) if (!this.isMine(stream)) this.ends.delete(stream);
  }
}

/** A number that spreads streams evenly (FNV-1a over the code units). */
function numberOf(stream: string): number {
  let number = 2_166_136_261;
  for (let at = 0; at < stream.length; at += 1) number = Math.imul(number ^ stream.charCodeAt(at), 16_777_619);
  return number >>> 0;
}
