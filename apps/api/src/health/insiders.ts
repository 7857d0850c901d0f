import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIGURATION, type Configuration, deriveKey, isLoopback } from '@ledgerdesk/config';

/** Who may see what goes on inside: with METRICS_TOKEN only its bearer, without one only this machine. */
@Injectable()
export class Insiders {
  readonly #token: string | undefined;

  constructor(@Inject(CONFIGURATION) { http }: Configuration) {
    this.#token = http.metricsToken;
  }

  includes({ headers, socket }: Request): boolean {
    if (this.#token !== undefined) return isSame(headers.authorization ?? '', `Bearer ${this.#token}`);
    // A proxy on this machine forwards strangers, and says so.
    const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
    return !isForwarded && isLoopback((socket.remoteAddress ?? '').replace(/^::ffff:/, ''));
  }
}

/** Without telling by its duration how much of the token was right. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => deriveKey(Buffer.from(text), 'comparison');
  return timingSafeEqual(digest(given), digest(expected));
}
