import type { Request, RequestHandler } from 'express';
import type { Log } from '@ledgerdesk/logging';
import type { DeskRequest } from '../request.js';
import type { Limits } from './limits.js';

/**
 * Before anything is read or verified: turns away networks that are known to have used up their budget, and takes requests that
 * are refused on the way to their endpoint from it.
 */
export function limitNetworks(limits: Limits, log: Log): RequestHandler {
  const warn = warningOfProxies(log);
  return (request, response, next) => {
    const desk = request as DeskRequest;
    warn(request);
    const refusal = limits.refuseKnown(desk, response);
    if (!refusal) {
      response.once('close', () => {
        if (desk.isCounted !== true && response.statusCode >= 400) limits.countRefused(desk);
      });
    }
    next(refusal);
  };
}

/** Behind a proxy that is not trusted everybody has the address of the proxy, and one budget. */
function warningOfProxies(log: Log): (request: Request) => void {
  let hasWarned = false;
  return ({ headers, ip, socket }) => {
    if (hasWarned || headers['x-forwarded-for'] === undefined || ip !== socket.remoteAddress) return;
    hasWarned = true;
    log.warn(
      { proxy: socket.remoteAddress },
      'a request came by a proxy that is not in TRUSTED_PROXIES: all its callers share one limit',
    );
  };
}
