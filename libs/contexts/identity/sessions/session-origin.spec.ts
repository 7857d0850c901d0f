import fc from 'fast-check';
import { sessionOrigin } from './session-origin.js';

const networkOf = (ip: string | undefined): string | null => sessionOrigin(undefined, ip).network;

describe('where a session is used from', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:7:8:9:a:b:c', '2001:db8:7::/48'],
    ['2001:0db8::1', '2001:db8::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['::1', '::/48'],
    ['', null],
    ['nonsense', null],
    [undefined, null],
  ])('%s is remembered as %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });

  it('never holds the machine: all addresses of a network are remembered alike', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, byte, byte, (a, b, c, one, other) => {
        const network = `${String(a)}.${String(b)}.${String(c)}`;
        expect(networkOf(`${network}.${String(one)}`)).toBe(networkOf(`${network}.${String(other)}`));
      }),
    );
    const groups = fc.array(fc.integer({ min: 1, max: 0xffff }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(groups, groups, (one, other) => {
        const within = (rest: readonly number[]): string =>
          ['2001', 'db8', '7', ...rest.map((group) => group.toString(16))].join(':');
        expect(networkOf(within(one))).toBe(networkOf(within(other)));
      }),
    );
  });

  it('is short and printable, whatever a program calls itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        expect(sessionOrigin(text, undefined).userAgent ?? 'none').toMatch(/^[\x20-\x7e]{1,300}$/);
      }),
    );
  });
});
