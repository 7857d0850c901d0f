import { deskUrl } from './desk.js';

describe('the running desk', () => {
  it.each(['/', '/tickets/unknown', '/favicon.svg', '/api/docs', '/api/openapi.json', '/api/v1/me', '/api/problems'])(
    'N1 %s carries the protective headers',
    async (path) => {
      const { headers } = await fetch(`${deskUrl}${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).not.toMatch(/script-src[^;]*(?:unsafe|\*|https?:)/);
      // Swagger writes styles of its own; nobody else does.
      if (path !== '/api/docs') expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it.each(['/auth/refresh', '/auth/logout', '/auth/login'])(
    'N2 N3 a page of another origin can not use %s, cookie or not',
    async (path) => {
      for (const origin of ['https://evil.example', 'null', `${deskUrl}.evil.example`]) {
        const { status, headers } = await fetch(`${deskUrl}/api/v1${path}`, {
          method: 'POST',
          headers: { Origin: origin, Cookie: 'ld_refresh=stolen', 'Content-Type': 'application/json' },
          body: '{}',
        });
        expect([origin, status]).toEqual([origin, 403]);
        expect(headers.get('access-control-allow-origin')).toBeNull();
        expect(headers.get('set-cookie')).toBeNull();
      }
    },
  );
});
