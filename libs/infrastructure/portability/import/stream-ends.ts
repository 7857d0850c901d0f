const HASH_BYTES = 32;
const FIRST_ROOM = 1_024;

export interface StreamEnd {
  readonly revision: number;
  readonly hash: string;
}

/** Revision and hash of the last event of each stream: a name and 36 bytes for each. */
export class StreamEnds {
  private readonly places = new Map<string, number>();
  private revisions = new Int32Array(FIRST_ROOM);
  private hashes = Buffer.alloc(FIRST_ROOM * HASH_BYTES);

  get size(): number {
    return this.places.size;
  }

  get(stream: string): StreamEnd | undefined {
    const place = this.places.get(stream);
    if (place === undefined) return undefined;
    const hash = this.hashes.toString('hex', place * HASH_BYTES, (place + 1) * HASH_BYTES);
    return { revision: this.revisions[place] ?? 0, hash };
  }

  revisionOf(stream: string): number {
    const place = this.places.get(stream);
    return place === undefined ? -1 : (this.revisions[place] ?? -1);
  }

  set(stream: string, { revision, hash }: StreamEnd): void {
    let place = this.places.get(stream);
    if (place === undefined) {
      place = this.places.size;
      this.places.set(stream, place);
      if (place === this.revisions.length) this.grow();
    }
    this.revisions[place] = revision;
    this.hashes.write(hash, place * HASH_BYTES, 'hex');
  }

  private grow(): void {
    const revisions = new Int32Array(this.revisions.length * 2);
    revisions.set(this.revisions);
    this.revisions = revisions;
    this.hashes = Buffer.concat([this.hashes, Buffer.alloc(this.hashes.length)]);
  }
}
