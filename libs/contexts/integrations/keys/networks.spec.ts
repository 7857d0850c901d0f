import { admits, isNetwork } from './networks.js';

describe('networks of an API key', () => {
  it.each(['192.0.2.7', '10.0.0.0/8', '0.0.0.0/0', '2001:db8::/32', '::1', '2001:db8::7/128'])('may be %s', (text) => {
    expect(isNetwork(text)).toBe(true);
  });

  it.each([
    '',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0/8',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    'localhost',
    'fe80::1%eth0',
    '::/129',
  ])('may not be %j', (text) => {
    expect(isNetwork(text)).toBe(false);
  });

  it.each<[readonly string[], string, boolean]>([
    [[], '192.0.2.7', true],
    [['192.0.2.7'], '192.0.2.7', true],
    [['192.0.2.7'], '192.0.2.8', false],
    [['10.0.0.0/8', '192.0.2.0/24'], '192.0.2.200', true],
    [['10.0.0.0/8'], '11.0.0.1', false],
    [['10.0.0.0/8'], '::ffff:10.1.2.3', true],
    [['10.0.0.0/8'], '::ffff:11.1.2.3', false],
    [['2001:db8::/32'], '2001:db8:1::7', true],
    [['2001:db8::/32'], '2001:db9::7', false],
    [['2001:db8::/32'], '10.0.0.1', false],
    [['10.0.0.0/8'], '', false],
    [['0.0.0.0/0'], 'nonsense', false],
  ])('%j let in %s: %s', (networks, ip, expected) => {
    expect(admits(networks, ip)).toBe(expected);
  });
});
