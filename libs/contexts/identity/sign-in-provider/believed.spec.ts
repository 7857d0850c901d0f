import { believed } from './believed.js';

const settings = { domains: ['example.org'] };
const claims = { sub: 's', email: 'Ada@Example.org', email_verified: true, name: ' Ada  Lovelace ' };

describe('what a provider says', () => {
  it('is believed about verified addresses of its domains', () => {
    expect(believed(claims, settings)).toEqual({
      ...{ subject: 's', email: 'ada@example.org', name: 'Ada Lovelace', isStrong: false },
    });
  });

  it.each([
    { email_verified: false },
    { email_verified: undefined },
    { email_verified: 'true' },
    { email_verified: 1 },
    { email: 'ada@example.com' },
    { email: 'ada@sub.example.org' },
    { email: 'ada@example.org.evil.example' },
    { email: 'ada@evil.example@example.org' },
    { email: 'ada@evilexample.org' },
    { email: '\u212Aay@example.org' },
    { email: 'ada@example.org ' },
    { email: 'ada @example.org' },
    { email: ['ada@example.org'] },
    { email: undefined },
    { sub: '' },
    { sub: 7 },
    { sub: 's'.repeat(256) },
  ])('B18 is not believed with %j', (lie) => {
    expect(believed({ ...claims, ...lie }, settings)).toEqual(expect.any(String));
  });

  it.each([undefined, 7, '', '\u200b', 'x'.repeat(101)])(
    'calls somebody by their address when the name is %j',
    (name) => {
      expect(believed({ ...claims, name }, settings)).toMatchObject({ name: 'ada' });
    },
  );

  it.each([
    [['mfa'], true],
    [['pwd', 'otp'], true],
    [['pwd', 'fpt'], true],
    [['pwd'], false],
    [['pwd', 'pin'], false],
    [['otp', 'sms'], false],
    [['pwd', 'toString', 7], false],
    ['mfa', false],
    [undefined, false],
  ])('B12 with amr %j shows a second factor: %s', (amr, isStrong) => {
    expect(believed({ ...claims, amr }, settings)).toMatchObject({ isStrong });
  });
});
