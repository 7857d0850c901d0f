import fc from 'fast-check';
import { pathInside } from './flow.js';

describe('where a sign-in leads to', () => {
  it.each(['/tickets', '/tickets/1?view=mine&q=a%20b', '/audit#x'])('may be %s', (path) => {
    expect(pathInside(path)).toBe(path);
  });

  it.each([
    ...['//evil.example', '/\\evil.example', '/a\\..\\b', 'https://evil.example', 'javascript:alert(1)', '', 'tickets'],
    ...['/ tickets', '/\tx', '/tickets\r\nSet-Cookie: a=b', '/.//evil.example', '/x/..//evil.example'],
    ...['/api/v1/auth/oidc/demo/start', '/sign-in', `/${'a'.repeat(500)}`],
  ])('N4 is never %j', (path) => {
    expect(pathInside(path)).toBe('/tickets');
  });

  it('N4 stays on the desk, whatever is asked for', () => {
    const parts = fc.array(
      fc.constantFrom('/', '\\', '.', '..', '@', ':', '?', '#', 'evil.example', '%2f', '\t', 'https'),
    );
    fc.assert(
      fc.property(parts, (pieces) => {
        const target = new URL(
          pathInside(`/${pieces.join('')}`),
          'https://help.example.org/api/v1/auth/oidc/a/callback',
        );
        expect(target.origin).toBe('https://help.example.org');
        expect(target.pathname.startsWith('//')).toBe(false);
      }),
    );
  });
});
