import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Cursors } from './cursors.js';
import { PositionTokens } from './position-tokens.js';
import { Seal } from './seal.js';

const installationKey = randomBytes(32);

describe('seal', () => {
  const seal = new Seal(installationKey, 'test');

  it('opens what it sealed, under the same context only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), fc.string(), (text, context, other) => {
        const sealed = seal.seal(context, text);
        expect(seal.open(context, sealed)).toEqual(Buffer.from(text));
        expect(seal.seal(context, text)).toEqual(sealed);
        if (other !== context) expect(seal.open(other, sealed)).toBeUndefined();
      }),
    );
  });

  it('notices every changed bit', () => {
    const sealed = seal.seal('c', Buffer.from('position 4711'));
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(seal.open('c', changed)).toBeUndefined();
    }
  });

  it('keeps purposes and installations apart', () => {
    const sealed = seal.seal('c', Buffer.from('text'));
    expect(new Seal(installationKey, 'other').open('c', sealed)).toBeUndefined();
    expect(new Seal(randomBytes(32), 'test').open('c', sealed)).toBeUndefined();
  });

  it('does not confuse where the context ends', () => {
    expect(seal.seal('ab', Buffer.from('c')).subarray(0, 16)).not.toEqual(
      seal.seal('a', Buffer.from('bc')).subarray(0, 16),
    );
  });
});

describe('position tokens', () => {
  const tokens = new PositionTokens({ installationKey });

  it('are words of one workspace, and do not grow with the ledger', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 9_999_999_999_999_999n }), (number) => {
        const token = tokens.seal('w1', String(number));
        expect(token).toMatch(/^[0-9a-z]{64}$/);
        expect(tokens.open('w1', token)).toBe(String(number));
        expect(tokens.open('w2', token)).toBeUndefined();
      }),
    );
    expect(tokens.open('w1', tokens.seal('w1', ''))).toBe('');
  });

  it.each(['', 'x', '0', 'zz'.repeat(32), '00'.repeat(32), '1'.repeat(10_000)])('refuse %j', (token) => {
    expect(tokens.open('w1', token)).toBeUndefined();
  });
});

describe('cursors', () => {
  const cursors = new Cursors({ installationKey });

  it('come back as they were', () => {
    const values = ['2026-11-20T09:30:00.000Z', 17, null];
    expect(cursors.open('w', 'list', cursors.seal('w', 'list', values))).toEqual(values);
  });

  it.each([
    ['w2', 'list'],
    ['w', 'other'],
  ])('are refused in %s for %s', (workspace, list) => {
    expect(() => cursors.open(workspace, list, cursors.seal('w', 'list', [1]))).toThrow('does not belong');
  });

  it('refuse garbage of any length', () => {
    for (const text of ['', 'a', '!', 'A'.repeat(100_000)])
      expect(() => cursors.open('w', 'list', text)).toThrow('does not belong');
  });
});
