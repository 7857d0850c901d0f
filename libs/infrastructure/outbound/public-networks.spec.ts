import fc from 'fast-check';
import { isPublic } from './public-networks.js';

const dotted = (number: number) => [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.');

describe('public networks', () => {
  it.each([
    ...['8.8.8.8', '1.1.1.1', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255'],
    ...[
      '128.0.0.0',
      '168.63.129.15',
      '168.63.129.17',
      '169.253.255.255',
      '169.255.0.0',
      '172.15.255.255',
      '172.32.0.0',
    ],
    ...['192.0.1.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '223.255.255.255'],
    ...['2001:200::1', '2606:4700:4700::1111', '2a00:1450::1', '2003::1', '3ffe::1'],
  ])('G1 %s is an address of the internet', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ...['0.0.0.0', '10.0.0.0', '10.255.255.255', '100.64.0.0', '100.100.100.200', '127.0.0.1', '127.255.255.255'],
    ...['168.63.129.16', '169.254.169.254', '172.16.0.0', '172.31.255.255', '192.0.0.192', '192.168.0.1'],
    ...['198.18.0.1', '198.19.255.255', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::7f00:1', '::ffff:8.8.8.8', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1'],
    ...['2001::1', '2001:0:7f00:1::', '2001:10::1', '2001:db8::1', '2002:7f00:1::', '2002:808:808::1', '3fff::1'],
    ...['fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '4000::1', '5f00::1'],
    ...['', 'localhost', '127.1', '8.8.8.8.', '[2606:4700::1]', '08.8.8.8', '8.8.8.8/32'],
  ])('G1 %j is none', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it('G1 no IPv4 address becomes public by being written as IPv6', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), (number) => {
        const hex = [number >>> 16, number & 0xffff].map((half) => half.toString(16)).join(':');
        for (const prefix of ['::ffff:', '::', '64:ff9b::', '64:ff9b:1::', '2002:']) {
          const address = prefix === '2002:' ? `2002:${hex}::1` : `${prefix}${hex}`;
          expect([address, isPublic(address)]).toEqual([address, false]);
        }
        expect(isPublic(`::ffff:${dotted(number)}`)).toBe(false);
      }),
    );
  });
});
