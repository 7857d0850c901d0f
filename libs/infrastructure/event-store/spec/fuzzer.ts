import { randomUUID } from 'node:crypto';
import { EventStoreBusy, StreamNotFound, WrongRevision } from '../errors.js';
import {
  BEGINNING,
  type EventRecord,
  type EventStore,
  type ExpectedRevision,
  type Position,
  type ReadOptions,
  type StoredEvent,
} from '../event-store.js';
import { streamName } from '../stream-name.js';
import { Collector } from './collector.js';

/** One step of a run. It names events, streams and earlier positions by number, so that it means the same to every store. */
type Step =
  | {
      readonly kind: 'append';
      readonly stream: number;
      readonly expected: ExpectedRevision;
      readonly events: readonly number[];
    }
  | { readonly kind: 'read'; readonly stream: number; readonly options: ReadOptions }
  | { readonly kind: 'read-all'; readonly after: number; readonly prefix: number; readonly max: number }
  | { readonly kind: 'compare'; readonly a: number; readonly b: number };

const STREAMS = 12;
const CATEGORIES = ['ticket', 'team', 'customer'];

/** Numbers that depend on the seed alone (mulberry32). */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/** What a run does to a store, with names of its own, and what it has seen: comparable between stores. */
export class FuzzedStore {
  private readonly workspaces = [randomUUID(), randomUUID()];
  private readonly names: readonly string[];
  private readonly positions: Position[] = [BEGINNING];
  private readonly follower: Collector;

  private constructor(
    private readonly store: EventStore,
    private readonly start: Position,
    private readonly records: readonly EventRecord[],
  ) {
    this.names = Array.from({ length: STREAMS }, (_, index) => {
      const category = CATEGORIES[index % CATEGORIES.length] ?? 'ticket';
      return streamName(category, this.workspaces[index % 2] ?? '', randomUUID());
    });
    this.follower = new Collector(store, { after: start, pageSize: 7 });
  }

  static async on(store: EventStore, records: readonly EventRecord[]): Promise<FuzzedStore> {
    return new FuzzedStore(store, await store.head(), records);
  }

  /** What the step gives, in words that do not name the store. */
  async take(step: Step): Promise<unknown> {
    try {
      return await this.outcome(step);
    } catch (error) {
      if (error instanceof WrongRevision) return { wrong: [error.expected, error.actual] };
      if (error instanceof StreamNotFound) return 'no such stream';
      if (error instanceof EventStoreBusy) return 'busy';
      throw error;
    }
  }

  /** Everything that the run has written, by reading and by following, which must be the same. */
  async end(): Promise<{ readonly read: readonly unknown[]; readonly followed: readonly unknown[] }> {
    const own = new Set(this.names);
    const all: StoredEvent[] = [];
    for (;;) {
      const page = await this.store.readAll({ after: all.at(-1)?.position ?? this.start, max: 500 });
      all.push(...page);
      if (page.length < 500) break;
    }
    await this.follower.has(all.length);
    await this.follower.close();
    const plain = (events: readonly StoredEvent[]): readonly unknown[] =>
      events.filter(({ stream }) => own.has(stream)).map((event) => this.described(event));
    return { read: plain(all), followed: plain(this.follower.events) };
  }

  private async outcome(step: Step): Promise<unknown> {
    switch (step.kind) {
      case 'append': {
        const events = step.events.map((index) => this.recordAt(index));
        const { revision, position } = await this.store.append(this.nameAt(step.stream), step.expected, events);
        this.positions.push(position);
        return { revision };
      }
      case 'read':
        return (await this.store.read(this.nameAt(step.stream), step.options)).map((event) => this.described(event));
      case 'read-all': {
        const after = this.positionAt(step.after) || this.start;
        const prefix = this.nameAt(step.prefix).split('_')[0] ?? '';
        const events = await this.store.readAll({ after, prefix: `${prefix}_`, max: step.max });
        return events.map((event) => this.described(event));
      }
      case 'compare':
        return Math.sign(this.store.compare(this.positionAt(step.a), this.positionAt(step.b)));
    }
  }

  private described({ stream, revision, id, type, data, metadata }: StoredEvent): unknown {
    return [this.names.indexOf(stream), revision, id, type, data, metadata];
  }

  private nameAt(index: number): string {
    return this.names[index % this.names.length] ?? '';
  }

  private recordAt(index: number): EventRecord {
    const record = this.records[index % this.records.length];
    if (!record) throw new Error('The run has no events.');
    return record;
  }

  private positionAt(index: number): Position {
    return this.positions[index % this.positions.length] ?? BEGINNING;
  }
}

/** Steps that often meet each other: few streams, wrong revisions, repetitions in whole and in part. */
export class FuzzedSteps {
  private readonly revisions = new Map<number, number>();
  private readonly appends: Extract<Step, { kind: 'append' }>[] = [];
  private nextEvent = 0;

  constructor(private readonly roll: (sides: number) => number) {}

  next(): Step {
    const stream = this.roll(STREAMS);
    switch (this.roll(10)) {
      case 0:
        return { kind: 'read', stream, options: this.readOptions() };
      case 1:
        return { kind: 'read-all', after: this.roll(1_000), prefix: stream, max: 1 + this.roll(40) };
      case 2:
        return { kind: 'compare', a: this.roll(1_000), b: this.roll(1_000) };
      case 3:
        return this.repetition() ?? this.fresh(stream);
      default:
        return this.fresh(stream);
    }
  }

  private fresh(stream: number): Step {
    const actual = this.revisions.get(stream) ?? -1;
    const count = 1 + this.roll(4);
    const events = Array.from({ length: count }, () => this.nextEvent++);
    const isRight = this.roll(6) > 0;
    const wanted = isRight ? actual : this.roll(actual + 4) - 1;
    const step = { kind: 'append', stream, expected: wanted === -1 ? 'no_stream' : wanted, events } as const;
    if (wanted === actual) {
      this.revisions.set(stream, actual + count);
      this.appends.push(step);
    }
    return step;
  }

  /** An append that was done before: as it was, cut short, or with one event that is another one. */
  private repetition(): Step | undefined {
    const done = this.appends[this.roll(Math.max(this.appends.length, 1))];
    if (!done) return undefined;
    const [first = 0, ...rest] = done.events;
    switch (this.roll(4)) {
      case 0:
        return { ...done, events: [first] };
      case 1:
        return { ...done, events: [first, ...rest, this.nextEvent++] };
      case 2:
        return { ...done, events: [...rest, this.nextEvent++] };
      default:
        return done;
    }
  }

  private readOptions(): ReadOptions {
    return {
      ...(this.roll(2) === 0 && { from: this.roll(30) }),
      ...(this.roll(2) === 0 && { direction: 'backwards' as const }),
      max: 1 + this.roll(20),
    };
  }
}

const PIECES = ['x', 'ü', '\u2028', '\u{1F469}\u200D\u{1F4BB}', '"\\', '{}', '1.50', '\ufeff', 'a'.repeat(300)];

/** Events with texts that stores like to change. */
export function fuzzedRecords(roll: (sides: number) => number, count: number): readonly EventRecord[] {
  const text = (): string => Array.from({ length: roll(4) }, () => PIECES[roll(PIECES.length)]).join('');
  return Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    type: `Fuzzed${String(index % 7)}`,
    data: JSON.stringify({ z: text(), a: roll(1_000) / 8, '1': text() }),
    metadata: JSON.stringify({ v: '1', actor: text(), '2': text() }),
  }));
}
