import fc from 'fast-check';
import { readKey, writeKey } from './key-text.js';

const parts = fc.record({
  workspaceId: fc.uuid(),
  keyId: fc.uuid(),
  secret: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
});

describe('the text of an API key', () => {
  it('says what went into it, always at the same length', () => {
    fc.assert(
      fc.property(parts, (key) => {
        const text = writeKey(key);
        expect(text).toMatch(/^ldk_live_[0-9A-Za-z]{92}$/);
        expect(readKey(text)).toEqual(key);
      }),
    );
    const zero = '00000000-0000-0000-0000-000000000000';
    const nothing = { workspaceId: zero, keyId: zero, secret: Buffer.alloc(32) };
    expect(readKey(writeKey(nothing))).toEqual(nothing);
  });

  it('A15 with any character changed is no key', () => {
    const digit = fc.constantFrom(...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'));
    fc.assert(
      fc.property(parts, fc.nat(100), digit, (key, place, other) => {
        const text = writeKey(key);
        const changed = `${text.slice(0, place)}${other}${text.slice(place + 1)}`;
        expect(readKey(changed)).toEqual(changed === text ? key : undefined);
      }),
    );
  });

  it.each([
    '',
    'ldk_live_',
    'ldk_test_x',
    `ldk_live_${'z'.repeat(92)}`,
    `ldk_live_${'0'.repeat(92)}`,
    `x${'0'.repeat(9_999)}`,
  ])('A15 is not %j', (text) => {
    expect(readKey(text)).toBeUndefined();
  });
});
