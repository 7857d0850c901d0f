import { isIP } from 'node:net';
import fc from 'fast-check';
import { AddressRefused, hostOf, readAddress } from './address.js';
import { isPublic } from './public-networks.js';

const rules = { plainHttp: false, ports: [8443], ownHosts: ['help.example.org', 'db.example.org'], isOpen: isPublic };

function refusal(text: string): string | undefined {
  try {
    readAddress(text, rules);
    return undefined;
  } catch (error) {
    if (error instanceof AddressRefused) return error.code;
    throw error;
  }
}

describe('an address that is to be called', () => {
  it.each([
    'https://hooks.example.com',
    'https://hooks.example.com/a/b?c=d%20e&f=@',
    'https://hooks.example.com:443/',
    'https://hooks.example.com:8443/',
    'https://xn--mller-kva.example/',
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]/',
    'HTTPS://Hooks.Example.Com/',
  ])('may be %s', (text) => {
    expect(refusal(text)).toBeUndefined();
  });

  it.each([
    'https://user:pass@hooks.example.com/',
    'https://user@hooks.example.com/',
    'https://@hooks.example.com/',
    'https://:@hooks.example.com/',
    'https://hooks.example.com/#@127.0.0.1/',
    'https://hooks.example.com#@127.0.0.1/',
    'https://127.0.0.1#@hooks.example.com/',
    'https://hooks.example.com/#',
  ])('G6 holds no credentials and no fragment: %s', (text) => {
    expect(refusal(text)).toBe('outbound.credentials');
  });

  it.each([
    'https://hooks.example.com\\@127.0.0.1/',
    'https:\\\\127.0.0.1/',
    'https:/\\127.0.0.1/',
    'https://hooks.exa\tmple.com/',
    'https://hooks.exa\nmple.com/',
    ' https://hooks.example.com/',
    'https://hooks.example.com/ ',
    'https://hooks.example.com/a b',
    'https://hooks.example.com/\0',
    'https://hooks.example.com/\r\nHost: inner',
    'https:///hooks.example.com/',
    'https:hooks.example.com',
    'https:/hooks.example.com',
    'https://',
    'https://?',
    'https://hooks.example.com:99999/',
    'https://[fe80::1%25eth0]/',
    'https://[::1',
    'https://a..%00.example.com/',
    'https://müller.example/',
    'https://①②⑦.⓪.⓪.①/',
    'https://127。0。0。1/',
    'https://example.com。/',
    '//hooks.example.com/',
    'hooks.example.com',
    '',
    `https://hooks.example.com/${'a'.repeat(2_048)}`,
  ])('G6 is what it looks like, or refused: %j', (text) => {
    expect(refusal(text)).toBe('outbound.not-an-address');
  });

  it.each([
    'http://hooks.example.com/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_INFO',
    'data:text/plain,x',
    'javascript:alert(1)',
    'ftp://hooks.example.com/',
    'blob:https://hooks.example.com/1',
  ])('G3 begins with https: %s', (text) => {
    expect(refusal(text)).toBe('outbound.scheme');
  });

  it.each([22, 25, 53, 80 + 8000, 110, 143, 2113, 5432, 6379, 0, 65535])('G4 does not go to port %d', (port) => {
    expect(refusal(`https://hooks.example.com:${String(port)}/`)).toBe('outbound.port');
  });

  it.each(['help.example.org', 'HELP.example.org', 'help.example.org.', 'h%65lp.example.org', 'db.example.org:443'])(
    'G4 is not the desk itself: %s',
    (host) => {
      expect(refusal(`https://${host}/`)).toBe('outbound.own-host');
    },
  );

  it.each([
    ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001'],
    ...['127.0.0.1.', '%31%32%37.0.0.1', '0', '0.0.0.0', '00000.0', '169.254.169.254', '0xa9fea9fe', '2852039166'],
    ...['168.63.129.16', '10.1', '192.168.257', '172.16.1', '100.100.100.200', '255.255.255.255'],
    ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]'],
    ...['[::ffff:a9fe:a9fe]', '[64:ff9b::127.0.0.1]', '[64:ff9b::a9fe:a9fe]', '[2002:7f00:1::]', '[2001:0:7f00:1::]'],
    ...['[fc00::1]', '[fd00:ec2::254]', '[fe80::1]', '[ff02::1]'],
  ])('G1 is on the internet, however it is spelled: %s', (host) => {
    expect(refusal(`https://${host}/`)).toBe('outbound.not-public');
  });

  it('G1 G6 that passed is read alike the second time, and never closed', () => {
    const parts = fc.constantFrom(
      ...['https', 'http', ':', '//', '/', '\\', '@', '#', '?', '.', '%', '[', ']', '\t', '-', 'é'],
      ...['127', '0x7f', '0177', '1', '::', 'ffff', 'example', 'com', 'help.example.org', 'xn--', '%2e', '443', '22'],
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
        const text = `https://${pieces.join('')}`;
        if (refusal(text) !== undefined) return;
        const url = readAddress(text, rules);
        expect(readAddress(url.href, rules).href).toBe(url.href);
        expect(rules.ownHosts).not.toContain(hostOf(url));
        expect([hostOf(url), isIP(hostOf(url)) === 0 || isPublic(hostOf(url))]).toEqual([hostOf(url), true]);
      }),
    );
  });
});
