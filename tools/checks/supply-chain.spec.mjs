import { lockfileProblems } from './lockfile.mjs';
import { findSecrets } from './secrets.mjs';

const whole = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' };
const problemsOf = (entry, name = 'a') =>
  lockfileProblems({ packages: { '': {}, [`node_modules/${name}`]: { ...whole, ...entry } } });

describe('N7 the lockfile', () => {
  it('is fine when it is whole', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' })).toEqual([]);
    expect(problemsOf({ license: '(MIT OR GPL-3.0)' })).toEqual([]);
  });

  it.each([
    ['a package without a checksum', { integrity: undefined }],
    ['a weak checksum', { integrity: 'sha1-x' }],
    ['another registry', { resolved: 'https://registry.npmjs.org.evil.test/a.tgz' }],
    ['a repository', { resolved: 'git+ssh://git@github.com/a/a.git#1' }],
    ['a licence that does not go with ours', { license: 'GPL-3.0' }],
    ['a second licence that does not go with ours', { license: 'MIT AND AGPL-3.0' }],
    ['no licence', { license: undefined }],
    ['a platform package that has no entry', { optionalDependencies: { 'a-linux': '1.0.0' } }],
  ])('fails on %s', (_, entry) => {
    expect(problemsOf(entry)).toHaveLength(1);
  });

  it('fails on a version with a known hole', () => {
    expect(problemsOf({ version: '8.17.0' }, 'ws')).toHaveLength(1);
    expect(problemsOf({ version: '8.17.1' }, 'ws')).toEqual([]);
    expect(problemsOf({ version: '9.0.0' }, 'ws')).toEqual([]);
  });

  it('finds a platform package beside, above, or not at all', () => {
    const packages = {
      '': {},
      'node_modules/a': whole,
      'node_modules/a/node_modules/b': { ...whole, optionalDependencies: { c: '1', d: '1' } },
      'node_modules/a/node_modules/c': whole,
      'node_modules/d': whole,
    };
    expect(lockfileProblems({ packages })).toEqual([]);
    delete packages['node_modules/d'];
    expect(lockfileProblems({ packages })).toHaveLength(1);
  });
});

describe('N7 secrets', () => {
  it.each([
    ['a private key', `-----BEGIN EC ${'PRIVATE'} KEY-----`],
    ['an AWS key', `AKIA${'ABCDEFGHIJKLMNOP'}`],
    ['a GitHub token', `ghp_${'a1'.repeat(18)}`],
    ['a Stripe key', `sk_${'live'}_${'a1'.repeat(10)}`],
    ['an installation key', `INSTALLATION_KEY=${'a1'.repeat(21)}a=`],
  ])('finds %s and says where', (what, text) => {
    expect(findSecrets(`first line\n${text}`)).toEqual([{ line: 2, what }]);
  });

  it('leaves an example without a value alone', () => {
    expect(findSecrets('INSTALLATION_KEY=\nsk_test_1234567890123456')).toEqual([]);
  });
});
