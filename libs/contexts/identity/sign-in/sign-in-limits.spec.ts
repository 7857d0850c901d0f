import { randomBytes } from 'node:crypto';
import { KnownDevices } from './known-device.js';
import { network } from './sign-in-limits.js';

describe('network', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['2001:db8::2:3:4:5:6', '2001:db8:0:2'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['', ''],
  ])('of %s is %s', (ip, expected) => {
    expect(network(ip)).toBe(expected);
  });
});

describe('KnownDevices', () => {
  const devices = new KnownDevices(randomBytes(32));

  it('knows its word for the account that it was written for only', () => {
    const word = devices.write('a@demo.test');
    expect(devices.read(word, 'a@demo.test')).toBe(word.split('.')[0]);
    expect(devices.read(word, 'b@demo.test')).toBeUndefined();
    expect(new KnownDevices(randomBytes(32)).read(word, 'a@demo.test')).toBeUndefined();
    expect(devices.write('a@demo.test')).not.toBe(word);
  });

  it.each([undefined, '', 'x', `${'a'.repeat(22)}.${'b'.repeat(43)}`])('does not know %s', (word) => {
    expect(devices.read(word, 'a@demo.test')).toBeUndefined();
  });
});
