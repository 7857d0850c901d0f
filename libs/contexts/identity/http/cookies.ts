import type { CookieOptions, Request, Response } from 'express';
import { SESSION_DAYS } from '../sessions/sessions.js';

const DEVICE_DAYS = 365;
const DAY_MILLISECONDS = 86_400_000;

/** The door that the cookies belong to. */
export interface CookieNames {
  readonly refresh: string;
  readonly device: string;
  /** Where they are sent, as long as no https lets the host vouch for them. */
  readonly path: string;
  /** How long the refresh cookie is kept. */
  readonly refreshDays: number;
}

const MEMBERS: CookieNames = {
  refresh: 'ld_refresh',
  device: 'ld_device',
  path: '/api/v1/auth',
  refreshDays: SESSION_DAYS,
};

/**
 * Reads and writes the two cookies of signing in. Scripts can not read them, and other sites can not make a browser send them.
 * Over https their names begin with `__Host-`: a browser then takes them from this very host only, not from one beside or below
 * it, but insists on sending them to every route. Without https it knows no such promise, and they go to the routes that need them.
 */
export class AuthCookies {
  readonly #prefix: '' | '__Host-';
  readonly #attributes: CookieOptions;

  /** @param secure whether browsers reach the desk over https */
  constructor(
    secure: boolean,
    private readonly names: CookieNames = MEMBERS,
  ) {
    this.#prefix = secure ? '__Host-' : '';
    this.#attributes = { path: secure ? '/' : names.path, httpOnly: true, sameSite: 'strict', secure };
  }

  refreshToken(request: Request): string | undefined {
    return cookieOf(request, `${this.#prefix}${this.names.refresh}`);
  }

  device(request: Request): string | undefined {
    return cookieOf(request, `${this.#prefix}${this.names.device}`);
  }

  setRefreshToken(response: Response, token: string): void {
    this.#set(response, this.names.refresh, token, this.names.refreshDays);
  }

  setDevice(response: Response, word: string): void {
    this.#set(response, this.names.device, word, DEVICE_DAYS);
  }

  clearRefreshToken(response: Response): void {
    response.clearCookie(`${this.#prefix}${this.names.refresh}`, this.#attributes);
  }

  #set(response: Response, name: string, value: string, days: number): void {
    const maxAge = days * DAY_MILLISECONDS;
    response.cookie(`${this.#prefix}${name}`, value, { ...this.#attributes, maxAge });
  }
}

/** Our values need no decoding; the first cookie of the name counts, like in every browser's own order. */
export function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
