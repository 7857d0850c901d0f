import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EventCodec, KeyTable, StoredEvent } from '@ledgerdesk/event-store';
import { type DomainEvent, nameId, type Recorded } from '@ledgerdesk/kernel';

/** A small ledger as it once was stored, with the keys to read it. It only ever grows. */
interface GoldenLedger {
  readonly workspaceKey: string;
  readonly personKeys: Readonly<Record<string, string>>;
  readonly events: readonly StoredEvent[];
}

const WORKSPACE = '00000000-0000-7000-8000-000000000001';
const WRAPPING_KEY = createHash('sha256').update('ledgerdesk golden events').digest();

/** Events of one category of streams, one for each type, as the code knows them today. */
export type EventsOfCategory = Readonly<Record<string, DomainEvent['data']>>;

/**
 * Checks that events which were stored once can be read for ever, and that events are still written as they were: every type
 * has an example in the golden ledger `file`. A type that has none fails with what to add to the file; what is in the file is
 * never changed, because what was stored is not either. A new version of a type adds a new example behind the old one.
 * @param categories examples by category of stream and type; texts about people are `Personal` values
 */
export function describeGoldenEvents(file: string, categories: Readonly<Record<string, EventsOfCategory>>): void {
  const golden = JSON.parse(readFileSync(file, 'utf8')) as GoldenLedger;
  const examples = Object.entries(categories).flatMap(([category, events]) =>
    Object.entries(events).map(([type, data]) => ({ category, stream: streamOf(category), type, data })),
  );
  const storedOf = (stream: string, type?: string): readonly StoredEvent[] =>
    golden.events.filter((event) => event.stream === stream && (type === undefined || event.type === type));

  describe('golden events', () => {
    it('hold an example of every type', async () => {
      const missing: StoredEvent[] = [];
      for (const stream of new Set(examples.map((example) => example.stream))) {
        const without = examples.filter((each) => each.stream === stream && storedOf(stream, each.type).length === 0);
        missing.push(...(await encode(golden, stream, storedOf(stream), without)));
      }
      if (missing.length > 0) throw new Error(`Add to ${file}:\n${JSON.stringify(missing, null, 2)}\n`);
      const known = new Set(examples.map(({ type }) => type));
      expect(golden.events.map(({ type }) => type).filter((type) => !known.has(type))).toEqual([]);
    });

    it('have unbroken chains', async () => {
      const { verifyStream } = await import('@ledgerdesk/event-store');
      for (const { stream } of examples) expect(verifyStream(storedOf(stream))).toBeUndefined();
    });

    it.each(examples)('$type is read as it is today', async ({ stream, type, data }) => {
      for (const event of await open(golden, storedOf(stream, type))) expect(event.data).toEqual(data);
    });

    it.each(examples)('$type is written as it was', async ({ stream, type, data }) => {
      const stored = storedOf(stream, type).at(-1);
      const before = stored ? storedOf(stream).slice(0, stored.revision) : [];
      const [written] = await encode(golden, stream, before, [{ type, data }]);
      expect(written && comparable(written)).toEqual(stored && comparable(stored));
    });
  });
}

function streamOf(category: string): string {
  return `${category}-${WORKSPACE.replaceAll('-', '')}_${nameId('golden', category)}`;
}

async function codecOf(golden: GoldenLedger): Promise<EventCodec> {
  const { EventCodec: Codec, KeyRing, UpcasterRegistry } = await import('@ledgerdesk/event-store');
  const keys = Object.entries(golden.personKeys).map(([keyId, wrapped]) => ({
    keyId,
    wrapped: Buffer.from(wrapped, 'base64'),
    withheld: false,
  }));
  const find: KeyTable['find'] = (_, wanted) => Promise.resolve(keys.filter(({ keyId }) => wanted.includes(keyId)));
  const table = {
    workspaceKey: () => Promise.resolve(Buffer.from(golden.workspaceKey, 'base64')),
    find,
    findOrInsert: (workspaceId: string, fresh: readonly { readonly keyId: string }[]) =>
      find(
        workspaceId,
        fresh.map(({ keyId }) => keyId),
      ),
    destroyed: () => Promise.resolve([]),
    destroy: () => Promise.resolve(),
  };
  return new Codec(new KeyRing(table, WRAPPING_KEY), new UpcasterRegistry());
}

async function open(golden: GoldenLedger, events: readonly StoredEvent[]): Promise<readonly Recorded[]> {
  return (await codecOf(golden)).open(events);
}

async function encode(
  golden: GoldenLedger,
  stream: string,
  before: readonly StoredEvent[],
  events: readonly DomainEvent[],
): Promise<readonly StoredEvent[]> {
  const last = before.at(-1);
  const previousHash = last ? (JSON.parse(last.metadata) as { hash: string }).hash : '0'.repeat(64);
  const revision = before.length;
  const codec = await codecOf(golden);
  const encoded = await codec.encode(
    { stream, revision, previousHash },
    events.map(({ type, data }, index) => {
      const at = new Date(Date.UTC(2026, 2, 2, 12, 0, revision + index)).toISOString();
      const id = nameId('golden', stream, String(revision + index));
      const metadata = {
        workspaceId: WORKSPACE,
        actor: 'system:golden',
        cause: 'job:golden',
        commandId: id,
        correlationId: id,
        occurredAt: at,
        recordedAt: at,
      } as const;
      return { id, event: { type, data }, metadata };
    }),
  );
  return encoded.map(({ record }, index) => ({
    ...record,
    stream,
    revision: revision + index,
    position: String(revision + index + 1),
  }));
}

/** What does not differ from one encryption to the next. */
function comparable({ type, data, metadata }: StoredEvent): object {
  const { hash: _hash, ...kept } = JSON.parse(metadata) as Record<string, string>;
  return { type, data: data.replaceAll(/"(ciphertext|nonce)":"[\w-]+"/g, '"$1":"…"'), metadata: kept };
}
