import type { RequestHandler } from 'express';
import type { Log } from '@ledgerdesk/logging';
import type { DeskRequest } from './request.js';

/** One line per request, when it is over: never its query or body, which may hold personal text. */
export function accessLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const { requestId, traceId, method, path, principal } = request as DeskRequest;
      log.info(
        {
          requestId,
          traceId,
          method,
          path,
          status: response.statusCode,
          ms: Math.round((performance.now() - started) * 10) / 10,
          workspace: principal?.workspaceId,
          member: principal?.memberId,
          ...(principal?.key && { key: principal.key.id }),
          ...(!response.writableFinished && { aborted: true }),
        },
        'request',
      );
    });
    next();
  };
}
