import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { DeskRequest } from './request.js';

/** Gives every request its id (the caller's, when it is a plain word) and takes over a valid W3C trace id. */
export function identify(request: Request, response: Response, next: NextFunction): void {
  const desk = request as DeskRequest;
  const given = request.headers['x-request-id'];
  desk.requestId = typeof given === 'string' && /^[\w.:-]{8,64}$/.test(given) ? given : randomUUID();
  const trace = traceOf(request.headers.traceparent);
  if (trace !== undefined) desk.traceId = trace;
  response.setHeader('X-Request-Id', desk.requestId);
  response.setHeader('Cache-Control', 'private, no-store');
  next();
}

/** https://www.w3.org/TR/trace-context/#traceparent-header: all zeros mean "none". */
function traceOf(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  const trace = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header)?.[1];
  return trace === undefined || /^0+$/.test(trace) ? undefined : trace;
}
