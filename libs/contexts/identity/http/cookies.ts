import type { Request, Response } from 'express';
import { SESSION_DAYS } from '../sessions/sessions.js';

const REFRESH = 'ld_refresh';
const DEVICE = 'ld_device';
const PATH = '/api/v1/auth';
const DEVICE_DAYS = 365;
const DAY_MILLISECONDS = 86_400_000;

/**
 * Reads and writes the two cookies of signing in. Scripts can not read them, other sites can not make a browser send them,
 * and they go to no other route.
 */
export class AuthCookies {
  /** @param secure whether browsers reach the desk over https */
  constructor(private readonly secure: boolean) {}

  refreshToken(request: Request): string | undefined {
    return cookieOf(request, REFRESH);
  }

  device(request: Request): string | undefined {
    return cookieOf(request, DEVICE);
  }

  setRefreshToken(response: Response, token: string): void {
    this.#set(response, REFRESH, token, SESSION_DAYS);
  }

  setDevice(response: Response, word: string): void {
    this.#set(response, DEVICE, word, DEVICE_DAYS);
  }

  clearRefreshToken(response: Response): void {
    response.clearCookie(REFRESH, { path: PATH, httpOnly: true, sameSite: 'strict', secure: this.secure });
  }

  #set(response: Response, name: string, value: string, days: number): void {
    const maxAge = days * DAY_MILLISECONDS;
    response.cookie(name, value, { path: PATH, httpOnly: true, sameSite: 'strict', secure: this.secure, maxAge });
  }
}

/** Our values need no decoding; the first cookie of the name counts, like in every browser's own order. */
function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
