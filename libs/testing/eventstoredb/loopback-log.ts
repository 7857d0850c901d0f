/** What a client proposes to append, as bytes. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface LoggedEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare position at once, as the server has it since version 22.10. */
  readonly position: bigint;
}

/** What became of an append. `actual` is the last revision of the stream, -1 when there is none. */
export type AppendOutcome =
  | { readonly kind: 'success'; readonly last: LoggedEvent }
  | { readonly kind: 'wrong-revision'; readonly actual: number }
  /** Only the first of the ids stand where they should: the server calls this an invalid transaction. */
  | { readonly kind: 'corrupted' };

/** The server writes records of its own between those of its clients; followers must pass them by. */
const SYSTEM_EVENT_EVERY = 20;
const RECORD_OVERHEAD = 120;

/** The log of one loopback server: in memory, in order, positions with gaps as a file of records has them. */
export class LoopbackLog {
  readonly events: LoggedEvent[] = [];
  readonly #streams = new Map<string, LoggedEvent[]>();
  readonly #waiting = new Set<() => void>();
  #end = 1_000n;
  #appends = 0;

  /** @param expected revision of the last event, -1 for a stream that must not exist */
  append(stream: string, expected: number, proposed: readonly ProposedEvent[]): AppendOutcome {
    const known = this.#streams.get(stream) ?? [];
    const actual = known.length - 1;
    if (expected > actual) return { kind: 'wrong-revision', actual };
    if (expected < actual) return repeated(known, expected, proposed);
    this.#appends += 1;
    if (this.#appends % SYSTEM_EVENT_EVERY === 0) this.#store('$stats-127.0.0.1:2113', [STATISTICS]);
    const last = this.#store(stream, proposed);
    for (const wake of this.#waiting) wake();
    return { kind: 'success', last };
  }

  stream(name: string): readonly LoggedEvent[] | undefined {
    return this.#streams.get(name);
  }

  /** Changes what is stored of some streams, which no client can. */
  tamper(isWanted: (stream: string) => boolean, from: string, to: string): void {
    for (const event of this.events) {
      if (!isWanted(event.stream)) continue;
      const changed = Buffer.from(Buffer.from(event.data).toString().replaceAll(from, to));
      Object.assign(event, { data: changed });
    }
  }

  /** Index of the first event behind the position. */
  indexAfter(position: bigint): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle]?.position ?? 0n) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Resolves at the next append, or when the signal says that nobody waits any more. */
  async more(stop: AbortSignal): Promise<void> {
    if (stop.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        stop.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      stop.addEventListener('abort', wake);
    });
  }

  #store(stream: string, proposed: readonly ProposedEvent[]): LoggedEvent {
    const known = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, known);
    for (const event of proposed) {
      const stored = { ...event, stream, revision: known.length, position: this.#end };
      this.#end += BigInt(RECORD_OVERHEAD + event.data.length + event.metadata.length);
      known.push(stored);
      this.events.push(stored);
    }
    const last = known.at(-1);
    if (!last) throw new Error('An append has no events.');
    return last;
  }
}

const STATISTICS: ProposedEvent = {
  id: '00000000-0000-4000-8000-000000000000',
  type: '$statsCollected',
  contentType: 'application/json',
  data: Buffer.from('{"proc-cpu":1}'),
  metadata: Buffer.from(''),
};

/** The same ids at exactly these revisions are a success; when only the first ones are, the server says something else. */
function repeated(known: readonly LoggedEvent[], expected: number, proposed: readonly ProposedEvent[]): AppendOutcome {
  const wrong = proposed.findIndex(({ id }, index) => known[expected + 1 + index]?.id !== id);
  if (wrong === 0) return { kind: 'wrong-revision', actual: known.length - 1 };
  const last = known[expected + proposed.length];
  return wrong > 0 || !last ? { kind: 'corrupted' } : { kind: 'success', last };
}
