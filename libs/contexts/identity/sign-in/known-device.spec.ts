import { randomBytes } from 'node:crypto';
import { KnownDevices } from './known-device.js';

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
