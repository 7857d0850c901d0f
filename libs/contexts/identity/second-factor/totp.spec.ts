import fc from 'fast-check';
import { base32, codeOf, enrolmentAddress, newSecret, stepAt, stepOf } from './totp.js';

const SECRET = Buffer.from('12345678901234567890');

describe('codes of an authenticator', () => {
  // RFC 6238, appendix B: the last six of its eight digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 after %d seconds', (seconds, code) => {
    expect(codeOf(SECRET, stepAt(seconds * 1000))).toBe(code);
    expect(stepOf(SECRET, code, seconds * 1000)).toBe(stepAt(seconds * 1000));
  });

  it('are taken of the step before and the step after, and of no other', () => {
    const now = 1_700_000_000_000;
    const step = stepAt(now);
    const taken = [-2, -1, 0, 1, 2].map((aside) => stepOf(SECRET, codeOf(SECRET, step + aside), now) === step + aside);
    expect(taken).toEqual([false, true, true, true, false]);
  });

  it.each(['', '28708', '2870820', '28708\n2', '２８７０８２', 'abcdef', '\u0000'.repeat(6)])('are not %j', (code) => {
    expect(stepOf(SECRET, code, 59_000)).toBeUndefined();
  });

  it('are read as authenticators show them', () => {
    expect(stepOf(SECRET, '287 082', 59_000)).toBe(1);
  });

  it('never throw, whatever somebody types', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (code) => {
        expect([undefined, 0, 1, 2]).toContain(stepOf(SECRET, code, 59_000));
      }),
    );
  });

  // RFC 4648, section 10, without padding.
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('have secrets in base32: %j is %j', (text, encoded) => {
    expect(base32(Buffer.from(text))).toBe(encoded);
  });

  it('are scanned from an address that holds no markup of its own', () => {
    const address = new URL(enrolmentAddress(SECRET, 'a&b=c?d@example.com'));
    expect([address.protocol, address.host, address.searchParams.get('issuer')]).toEqual([
      'otpauth:',
      'totp',
      'Ledgerdesk',
    ]);
    expect(address.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(decodeURIComponent(address.pathname)).toBe('/Ledgerdesk:a&b=c?d@example.com');
  });

  it('have a secret of 160 bits, another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => newSecret().toString('hex'))).size).toBe(100);
    expect(newSecret()).toHaveLength(20);
  });
});
