import type { CookieOptions, Request, Response } from 'express';
import { cookieOf } from '../../http/cookies.js';
import { FLOW_MINUTES } from '../flow.js';

/**
 * Cookies of a sign-in that is under way. `Lax`, unlike all others of ours: a provider sends people back by a link, and browsers send no `Strict`
 * cookie along with a link from another site. They open nothing by themselves: what is in them is sealed, and good once, for minutes.
 */
export class FlowCookies {
  readonly #prefix: '' | '__Host-';
  readonly #attributes: CookieOptions;

  /** @param secure whether browsers reach the desk over https; over http no prefix is known, and they go to the routes that need them */
  constructor(secure: boolean) {
    this.#prefix = secure ? '__Host-' : '';
    this.#attributes = { path: secure ? '/' : '/api/v1/auth/oidc', httpOnly: true, sameSite: 'lax', secure };
  }

  read(request: Request, name: 'ld_flow' | 'ld_vouched'): string | undefined {
    return cookieOf(request, `${this.#prefix}${name}`);
  }

  set(response: Response, name: 'ld_flow' | 'ld_vouched', word: string): void {
    response.cookie(`${this.#prefix}${name}`, word, { ...this.#attributes, maxAge: FLOW_MINUTES * 60_000 });
  }

  clear(response: Response, name: 'ld_flow' | 'ld_vouched'): void {
    response.clearCookie(`${this.#prefix}${name}`, this.#attributes);
  }
}
