import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { canonicalText } from '@ledgerdesk/event-store';
import { present } from '@ledgerdesk/testing';
import { writeWholeFile } from './file/atomic-file.js';
import { newFileKey } from './file/passphrase.js';
import type { LedgerLine } from './file/ledger-lines.js';
import { LineWriter } from './file/line-writer.js';
import { checked, Folder, Home, linesOf, packed } from './spec/home.js';

type Line = Record<string, unknown>;

describe('a file that is no whole, unchanged export of one workspace', () => {
  const folder = new Folder();
  const workspaceId = randomUUID();
  let home: Home;
  let good: Buffer;
  let lines: readonly Line[];

  beforeAll(async () => {
    home = await Home.open();
    for (const owner of ['ada', 'grace']) await home.do(workspaceId, ['open', randomUUID(), owner]);
    const id = randomUUID();
    await home.do(workspaceId, ['open', id, 'ada']);
    await home.do(workspaceId, ['lines', id, 5]);
    const path = folder.fresh();
    await home.export(workspaceId, path);
    good = readFileSync(path);
    lines = linesOf(path);
  });

  afterAll(async () => {
    await home.close();
    folder.remove();
  });

  async function codeOf(bytes: Buffer | string, passphrase?: string): Promise<unknown> {
    const path = folder.with(bytes);
    return checked(path, passphrase).then(
      () => 'good',
      (error: unknown) => (error as { code?: unknown }).code,
    );
  }

  /** The file with other lines and an end that fits them: the work of somebody who knows the format, but has no key of seals. */
  function forged(change: (lines: Line[]) => readonly Line[]): Buffer {
    const writer = new LineWriter();
    const changed = change(lines.slice(0, -1).map((line) => ({ ...line }))) as unknown as readonly LedgerLine[];
    const text = writer.write(changed);
    return gzipSync(`${text}${canonicalText({ ...writer.end(), keyId: null, signature: null })}\n`);
  }

  const eventAt = (all: readonly Line[], index: number): Line =>
    present(all.filter(({ kind }) => kind === 'event')[index]);

  it('is told from a good one', async () => {
    expect(await codeOf(good)).toBe('good');
    expect(await codeOf(forged((all) => all))).toBe('good');
  });

  it('is refused when it was cut off, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 20, max: good.length - 1 }), async (length) => {
        expect(await codeOf(good.subarray(0, length))).toBe('file.cut-off');
      }),
      { numRuns: 40 },
    );
    const text = gunzipSync(good).toString();
    const whole = text.trimEnd().split('\n').length;
    for (let kept = 1; kept < whole; kept += 1) expect(await codeOf(packed(lines.slice(0, kept)))).toBe('file.cut-off');
  });

  function isSameText(bytes: Buffer): boolean {
    try {
      return gunzipSync(bytes).equals(gunzipSync(good));
    } catch {
      return false;
    }
  }

  it('M5 is refused when one bit of it is another one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(7), async (at, bit) => {
        const bytes = Buffer.from(good);
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
        // A few bits of a gzip file say nothing about its content: the instant in its head, what fills up the last byte of a block.
        fc.pre(!isSameText(bytes));
        expect(await codeOf(bytes)).not.toBe('good');
      }),
      { numRuns: 80 },
    );
  });

  it.each<[string, () => Buffer | string, string]>([
    ['nothing', () => '', 'file.cut-off'],
    ['text', () => 'hello', 'file.not-an-export'],
    ['another archive', () => gzipSync('a,b\n1,2\n'), 'file.not-an-export'],
    ['another format', () => packed([{ kind: 'header', format: 'other', version: 1 }]), 'file.not-an-export'],
    ['a later version', () => packed([{ ...lines[0], version: 2 }, ...lines.slice(1)]), 'file.newer-format'],
    ['keys left out and the old end', () => packed(lines.filter(({ kind }) => kind !== 'key')), 'file.damaged'],
    ['a line more behind the end', () => packed([...lines, present(lines[1])]), 'file.damaged'],
    ['a second export behind the first', () => Buffer.concat([good, good]), 'file.damaged'],
    ['bytes behind the end', () => Buffer.concat([good, Buffer.from('more')]), 'file.damaged'],
    ['empty lines', () => gzipSync('\n\n\n'), 'file.not-an-export'],
    ['one endless line', () => gzipSync('a'.repeat(50 * 1024 * 1024)), 'file.too-large'],
    [
      'a member that is not in the format',
      () => forged(([head, ...rest]) => [{ ...head, more: 1 }, ...rest]),
      'file.damaged',
    ],
    ['no event', () => forged((all) => all.filter(({ kind }) => kind !== 'event')), 'file.damaged'],
    [
      'a passphrase that would need 100 GB',
      () =>
        forged(([head, ...rest]) => [
          { ...head, passphrase: { ...(head?.passphrase as object), n: 2 ** 30 } },
          ...rest,
        ]),
      'file.damaged',
    ],
  ])('is refused when it is %s', async (_, bytes, code) => {
    expect(await codeOf(bytes())).toBe(code);
  });

  it.each<[string, (all: Line[]) => readonly Line[]]>([
    ['an event left out', (all) => all.filter((line) => line !== eventAt(all, 4))],
    ['an event twice', (all) => all.flatMap((line) => (line === eventAt(all, 4) ? [line, line] : [line]))],
    ['another text', (all) => all.map((line) => (line === eventAt(all, 4) ? { ...line, data: '{"line":7}' } : line))],
    ['another type', (all) => all.map((line) => (line === eventAt(all, 4) ? { ...line, type: 'Other' } : line))],
    ['another id', (all) => all.map((line) => (line === eventAt(all, 4) ? { ...line, id: randomUUID() } : line))],
    ['two events exchanged', (all) => [...all.slice(0, -2), present(all.at(-1)), present(all.at(-2))]],
  ])('M5 is refused with %s and a fitting end', async (_, change) => {
    expect(await codeOf(forged(change))).toBe('file.broken-chain');
  });

  it('A18 is refused whole when it names a stream of another workspace, and nothing is written', async () => {
    const other = await Home.open();
    const foreign = randomUUID();
    await other.do(foreign, ['open', randomUUID(), 'ada']);
    const theirs = folder.fresh();
    await other.export(foreign, theirs);
    const smuggled = linesOf(theirs).filter(({ kind }) => kind === 'event');
    expect(await codeOf(forged((all) => [...all, ...smuggled]))).toBe('file.foreign-stream');
    // And the other way round: our events under the name of their workspace.
    expect(
      await codeOf(
        forged(([head, ...rest]) => [{ ...head, workspace: foreign }, ...rest.filter(({ kind }) => kind !== 'key')]),
      ),
    ).toBe('file.foreign-stream');
    await other.close();
  });

  it('needs its passphrase', async () => {
    expect(await codeOf(good, 'another passphrase')).toBe('passphrase.wrong');
    await expect(newFileKey('short')).rejects.toMatchObject({ code: 'passphrase.weak' });
  });

  it('is never half there: an export that fails leaves nothing, and replaces nothing', async () => {
    const path = folder.fresh();
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    const failing = writeWholeFile(path, async (file) => {
      file.write('half of it');
      await Promise.reject(full);
    });
    await expect(failing).rejects.toMatchObject({ code: 'file.disk-full' });
    expect(readdirSync(folder.path).filter((name) => name.startsWith(basename(path)))).toEqual([]);
    const abandoned = `${path}.999999999.partial`;
    writeFileSync(abandoned, 'of a process that was killed');
    await home.export(workspaceId, path);
    expect(existsSync(abandoned)).toBe(false);
    const before = readFileSync(path);
    await expect(home.export(workspaceId, path)).rejects.toMatchObject({ code: 'file.exists' });
    expect(readFileSync(path)).toEqual(before);
    const nowhere = home.export(workspaceId, join(folder.path, 'no', 'such', 'folder.gz'));
    await expect(nowhere).rejects.toMatchObject({ code: 'file.unwritable' });
  });
});
