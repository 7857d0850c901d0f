import { HttpErrorResponse, HttpResponse } from '@angular/common/http';
import type { HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { retry, tap, throwError, timer } from 'rxjs';
import { KnownPosition } from './known-position';

/** A write outlives a loss of connection of about fifteen seconds: 1 + 2 + 4 + 8. */
const WRITE_RETRIES = 4;
const FIRST_RETRY_MS = 1000;

/**
 * What the api's conversation needs besides credentials: a key that makes every POST safe to repeat when the connection is lost,
 * and the position of the last write, so that a person always reads what they just wrote.
 */
export const conversation: HttpInterceptorFn = (request, next) => {
  if (!request.url.startsWith('/api/')) return next(request);
  // Positions of a workspace mean nothing to the routes of the platform.
  const isPlatform = request.url.startsWith('/api/v1/platform/');
  const known = inject(KnownPosition);
  const isSignIn = request.url.startsWith('/api/v1/auth/') || request.url.startsWith('/api/v1/platform/auth/');
  const isWrite = request.method === 'POST' && !isSignIn;
  return next(prepared(request, isPlatform ? undefined : known.current())).pipe(
    retry({
      count: isWrite ? WRITE_RETRIES : 0,
      delay: (error: unknown, attempt) =>
        error instanceof HttpErrorResponse && error.status === 0
          ? timer(FIRST_RETRY_MS * 2 ** (attempt - 1))
          : throwError(() => error),
    }),
    tap((event) => {
      if (!(event instanceof HttpResponse) || isPlatform) return;
      const position = request.method === 'GET' ? null : event.headers.get('Ledger-Position');
      if (position !== null) known.wrote(position);
    }),
  );
};

/** Called once per request, so that its repetitions carry the same key and the api never does a thing twice. */
function prepared<Body>(request: HttpRequest<Body>, position: string | undefined): HttpRequest<Body> {
  if (request.method === 'POST') {
    return request.clone({ setHeaders: { 'Idempotency-Key': crypto.randomUUID() } });
  }
  return request.method === 'GET' && position !== undefined
    ? request.clone({ setHeaders: { 'Ledger-Position': position } })
    : request;
}
