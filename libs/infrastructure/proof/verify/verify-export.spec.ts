import { randomBytes } from 'node:crypto';
import { canonicalText } from '@ledgerdesk/event-store';
import { present } from '@ledgerdesk/testing';
import fc from 'fast-check';
import { leafHash, treeRoot } from '../format/merkle.js';
import { SigningKey } from '../format/seal-keys.js';
import { bytesOf, ended, forged, hashOf, MemoryLedger } from '../spec/memory-ledger.js';
import { verifySecond } from '../spec/second-verifier.js';
import type { CheckedEvent } from './items.js';
import { verifyExport } from './verify-export.js';

/** Events of three streams of the workspace and one of another, in three sealed stretches and a rest. */
function ledger(): MemoryLedger {
  const made = new MemoryLedger();
  made.append(0, 2, 1, 0, 4, 2);
  made.seal();
  made.append(1, 1);
  made.seal();
  made.append(4, 0, 0, 1, 2, 2, 0);
  made.seal();
  made.append(0, 4);
  return made;
}

const KINDS = { event: '"kind":"event"', seal: '"kind":"seal"' } as const;

/** What both verifiers say of the same lines; they must agree. */
async function verdictOf(lines: readonly string[], publicKey: string): Promise<{ says: string; unsealed: number }> {
  const { finding, unsealed } = await verifyExport(bytesOf(lines), [publicKey]);
  const place = finding?.stream === undefined ? '' : ` ${finding.stream} ${String(finding.revision)}`;
  const says = finding ? `${finding.kind}${place}` : 'ok';
  const second = verifySecond(lines, publicKey);
  expect({ says, ...(!finding && { unsealed }) }).toEqual({
    says: second.says,
    ...(!finding && { unsealed: second.unsealed }),
  });
  return { says, unsealed };
}

/** Changes the lines of events and seals of an export, and puts an end behind them that fits. */
class Tampering {
  readonly made = ledger();
  lines = this.made.lines();

  at(kind: keyof typeof KINDS, number: number): number {
    return present(this.lines.flatMap((line, index) => (line.includes(KINDS[kind]) ? [index] : [])).at(number));
  }

  event(number: number): CheckedEvent {
    const { kind: _, ...event } = JSON.parse(present(this.lines[this.at('event', number)])) as CheckedEvent & {
      kind: string;
    };
    return event;
  }

  put(number: number, event: CheckedEvent): void {
    this.lines[this.at('event', number)] = canonicalText({ kind: 'event', ...event });
  }

  /** Exchanges an event, and gives all later ones of its stream the hashes that fit. */
  resign(number: number): void {
    const first = this.event(number);
    let previous = (JSON.parse(first.metadata) as { previousHash: string }).previousHash;
    const count = this.lines.filter((line) => line.includes(KINDS.event)).length;
    for (let at = number; at < count; at += 1) {
      const event = this.event(at);
      if (event.stream !== first.stream) continue;
      const fake = forged(event, previous, at === number ? '{"line":"forged"}' : event.data);
      this.put(at, fake);
      previous = hashOf(fake);
    }
  }

  /** The verdict, with an end that only the key could have signed, so that what is found is found by the seals. */
  async verdict(): Promise<string> {
    return (await verdictOf(ended(this.lines, this.made.key), this.made.key.publicKey.text)).says;
  }

  name(kind: string, number: number): string {
    const { stream, revision } = this.event(number);
    return `${kind} ${stream} ${String(revision)}`;
  }
}

describe('an export is checked with the public key alone', () => {
  let export_: Tampering;
  beforeEach(() => {
    export_ = new Tampering();
  });

  it('says how many events were checked and how many are not sealed yet', async () => {
    const lines = ended(export_.lines, export_.made.key);
    const verdict = await verifyExport(bytesOf(lines), [export_.made.key.publicKey.text]);
    expect(verdict).toMatchObject({ events: 13, unsealed: 2, seals: 2, unknownSeals: 0, newestSeal: { number: 3 } });
    expect(verdict.finding).toBeUndefined();
    expect(verifySecond(lines, export_.made.key.publicKey.text)).toEqual({ says: 'ok', events: 13, unsealed: 2 });
  });

  it('M5 names the event of which one byte was flipped, whichever byte it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 12 }),
        fc.constantFrom('data', 'metadata', 'type', 'id'),
        fc.nat(),
        async (number, field, place) => {
          const tampered = new Tampering();
          const event = tampered.event(number);
          const text = event[field as 'data'];
          const at = place % text.length;
          const letter = text[at] === 'x' ? 'y' : 'x';
          tampered.put(number, { ...event, [field]: text.slice(0, at) + letter + text.slice(at + 1) });
          expect(await tampered.verdict()).toBe(tampered.name('altered', number));
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([0, 1, 3, 5, 8])('M5 names event %i, which somebody replaced with fitting hashes', async (number) => {
    export_.resign(number);
    expect(await export_.verdict()).toBe(export_.name('re-signed', number));
  });

  it('M5 can not see a replacement with fitting hashes behind the newest seal, and says how many events that are', async () => {
    export_.resign(11);
    expect(await export_.verdict()).toBe('ok');
  });

  it('M5 names a replaced event also when the chain breaks only later', async () => {
    const event = export_.event(0);
    export_.put(0, forged(event, '0'.repeat(64), '{"line":"forged"}'));
    expect(await export_.verdict()).toBe(export_.name('re-signed', 0));
  });

  it.each([0, 2, 4, 7, 9, 10])('M5 names event %i when it was dropped', async (number) => {
    const name = export_.name('dropped', number);
    export_.lines.splice(export_.at('event', number), 1);
    expect(await export_.verdict()).toBe(name);
  });

  it('M5 names the first event that is missing when the ledger was cut off inside a sealed stretch', async () => {
    const name = export_.name('cut-off', 9);
    for (let left = 13; left > 9; left -= 1) export_.lines.splice(export_.at('event', 9), 1);
    expect(await export_.verdict()).toBe(name);
  });

  it('M5 names an event that was put in, and one that was swapped', async () => {
    const extra = { ...export_.event(0), stream: export_.event(0).stream.replace(/0$/, '8') };
    export_.lines.splice(export_.at('event', 2), 0, canonicalText({ kind: 'event', ...forged(extra, '0'.repeat(64)) }));
    expect(await export_.verdict()).toBe(export_.name('inserted', 2));
    const swapped = new Tampering();
    const [first, second] = [swapped.event(0), swapped.event(1)];
    swapped.put(0, second);
    swapped.put(1, first);
    expect(await swapped.verdict()).toBe(swapped.name('swapped', 1));
  });

  it('A18 names an event of another workspace', async () => {
    const foreign = present(export_.made.events.find(({ stream }) => stream.includes('bb_')));
    export_.lines.splice(export_.at('event', 12) + 1, 0, canonicalText({ kind: 'event', ...foreign }));
    expect(await export_.verdict()).toBe(`inserted ${foreign.stream} ${String(foreign.revision)}`);
  });

  it('M5 finds a chain that is broken behind the newest seal', async () => {
    const name = export_.name('broken-chain', 11);
    export_.put(11, forged(export_.event(11), 'f'.repeat(64)));
    expect(await export_.verdict()).toBe(name);
  });

  it('M5 finds a seal that is missing, exchanged, changed, or signed by somebody else', async () => {
    export_.lines.splice(export_.at('seal', 0), 1);
    expect(await export_.verdict()).toBe('broken-seals');

    const changed = new Tampering();
    const line = changed.at('seal', 0);
    changed.lines[line] = present(changed.lines[line]).replace('sealedAt\\":\\"2027', 'sealedAt\\":\\"2028');
    expect(await changed.verdict()).toBe('forged-seal');

    const stranger = new Tampering();
    const seal = JSON.parse(present(stranger.lines[stranger.at('seal', 0)])) as { seal: string };
    const other = new SigningKey(randomBytes(32), 1);
    stranger.lines[stranger.at('seal', 0)] = canonicalText({
      ...seal,
      signature: other.sign('ledgerdesk:seal:v1\n', seal.seal),
    });
    expect(await stranger.verdict()).toBe('forged-seal');
  });

  it('M5 finds leaves that were made to fit what is left', async () => {
    const at = export_.at('seal', 1);
    const seal = JSON.parse(present(export_.lines[at])) as { leaves: string[] };
    export_.lines[at] = canonicalText({ ...seal, leaves: seal.leaves.slice(0, -1) });
    export_.lines.splice(export_.at('event', 10), 1);
    expect(await export_.verdict()).toBe('broken-seals');
  });

  it('M5 finds a share that was made anew, with a tree that fits, around replaced events', async () => {
    // In the last share: behind any other one the chain of shares would break too.
    export_.resign(5);
    const at = export_.at('seal', 1);
    const line = JSON.parse(present(export_.lines[at])) as { leaves: string[]; share: string };
    const events = line.leaves.map((_, number) => export_.event(5 + number));
    const leaves = events.map((event) => `${event.stream} ${String(event.revision)} ${hashOf(event)}`);
    const share = { ...(JSON.parse(line.share) as object), root: treeRoot(leaves.map(leafHash)) };
    export_.lines[at] = canonicalText({ ...line, leaves, share: canonicalText(share) });
    expect(await export_.verdict()).toBe('broken-seals');
  });

  it('finds a list of seals that was truncated together with its events by the signature of the end', async () => {
    const { lines, made } = export_;
    const whole = ended(lines, made.key);
    const cut = ended(lines.slice(0, export_.at('seal', 0) + 1));
    expect((await verdictOf([...cut.slice(0, -1), present(whole.at(-1))], made.key.publicKey.text)).says).toBe(
      'damaged-file',
    );
    expect((await verdictOf(cut, made.key.publicKey.text)).says).toBe('damaged-file');
    expect((await verdictOf(whole.slice(0, -1), made.key.publicKey.text)).says).toBe('damaged-file');
  });

  it('believes nobody whom it was not told to believe', async () => {
    const stranger = new SigningKey(randomBytes(32), 1).publicKey.text;
    expect((await verdictOf(ended(export_.lines, export_.made.key), stranger)).says).toBe('forged-seal');
  });

  it('refuses a format of the future and a file that is no export, with a sentence', async () => {
    const future = export_.lines.map((line) => line.replace('"version":1', '"version":2'));
    await expect(verifyExport(bytesOf(future), [])).rejects.toThrow('use a newer one');
    await expect(verifyExport(bytesOf(['{"hello":1}']), [])).rejects.toThrow('not an export');
    await expect(verifyExport(bytesOf([]), [])).rejects.toThrow('empty');
  });

  it('checks every stream also when it can remember only a few of them', async () => {
    const many = new MemoryLedger();
    for (let round = 0; round < 3; round += 1) many.append(...Array.from({ length: 60 }, (_, number) => number * 2));
    many.seal();
    const whole = ended(many.lines(), many.key);
    const options = { streamsAtOnce: 7 };
    const verdict = await verifyExport(bytesOf(whole), [many.key.publicKey.text], options);
    expect(verdict).toMatchObject({ events: 180, unsealed: 0 });
    expect(verdict.finding).toBeUndefined();
    many.append(...Array.from({ length: 60 }, (_, number) => number * 2));
    for (let number = 0; number < 60; number += 1) {
      const lines = many.lines();
      const at = lines.findIndex((line) => line.includes(`"kind":"event"`)) + 180 + 1 + number;
      const { kind: _, ...event } = JSON.parse(present(lines[at])) as CheckedEvent & { kind: string };
      lines[at] = canonicalText({ kind: 'event', ...forged(event, 'e'.repeat(64)) });
      const { finding } = await verifyExport(bytesOf(ended(lines, many.key)), [many.key.publicKey.text], options);
      expect(finding).toMatchObject({ kind: 'broken-chain', stream: event.stream, revision: 3 });
    }
  });
});
