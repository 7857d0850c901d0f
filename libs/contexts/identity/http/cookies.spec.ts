import type { CookieOptions, Request, Response } from 'express';
import { AuthCookies } from './cookies.js';

/** An answer that keeps the cookies it was given. */
function answer(): { response: Response; cookies: Map<string, { value: string; options: CookieOptions }> } {
  const cookies = new Map<string, { value: string; options: CookieOptions }>();
  const cookie = (name: string, value: string, options: CookieOptions): void => {
    cookies.set(name, { value, options });
  };
  const clearCookie = (name: string, options: CookieOptions): void => {
    cookie(name, '', options);
  };
  return { response: { cookie, clearCookie } as unknown as Response, cookies };
}

describe('N3 the cookies of signing in', () => {
  it('over https belong to this host alone, and to no script', () => {
    const { response, cookies } = answer();
    const auth = new AuthCookies(true);
    auth.setRefreshToken(response, 'token');
    auth.setDevice(response, 'word');
    expect([...cookies.keys()]).toEqual(['__Host-ld_refresh', '__Host-ld_device']);
    for (const { options } of cookies.values()) {
      expect(options).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'strict' });
      expect(options).not.toHaveProperty('domain');
    }
    auth.clearRefreshToken(response);
    expect(cookies.get('__Host-ld_refresh')?.value).toBe('');
  });

  it('over https are read under their full name only: a neighbour could have set the short one', () => {
    const request = { headers: { cookie: 'ld_refresh=planted; __Host-ld_refresh=ours; ld_device=planted' } } as Request;
    const auth = new AuthCookies(true);
    expect(auth.refreshToken(request)).toBe('ours');
    expect(auth.device(request)).toBeUndefined();
  });
});
