import { HttpContextToken, HttpErrorResponse, HttpResponse } from '@angular/common/http';
import type { HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { retry, tap, throwError, timer } from 'rxjs';

/** How long after a write reads still ask for it; projections are milliseconds behind, so this is ample. */
const ASK_FOR_MS = 5000;

/** A write outlives a loss of connection of about fifteen seconds: 1 + 2 + 4 + 8. */
const WRITE_RETRIES = 4;
const FIRST_RETRY_MS = 1000;

/** One key per request, the same for each of its repetitions, so that the api never does a thing twice. */
const IDEMPOTENCY_KEY = new HttpContextToken(() => crypto.randomUUID());

/** The ledger position of the last write of this tab. */
@Injectable({ providedIn: 'root' })
export class LastWrite {
  private position: string | undefined;
  private until = 0;

  remember(position: string): void {
    this.position = position;
    this.until = Date.now() + ASK_FOR_MS;
  }

  /** The position that a read should wait for, while that still makes sense. */
  current(): string | undefined {
    return Date.now() < this.until ? this.position : undefined;
  }
}

/**
 * What the api's conversation needs besides credentials: a key that makes every POST safe to repeat when the connection is lost,
 * and the position of the last write, so that a person always reads what they just wrote.
 */
export const conversation: HttpInterceptorFn = (request, next) => {
  if (!request.url.startsWith('/api/')) return next(request);
  const lastWrite = inject(LastWrite);
  const isWrite = request.method === 'POST' && !request.url.startsWith('/api/v1/auth/');
  return next(prepared(request, lastWrite)).pipe(
    retry({
      count: isWrite ? WRITE_RETRIES : 0,
      delay: (error: unknown, attempt) =>
        error instanceof HttpErrorResponse && error.status === 0
          ? timer(FIRST_RETRY_MS * 2 ** (attempt - 1))
          : throwError(() => error),
    }),
    tap((event) => {
      if (!(event instanceof HttpResponse)) return;
      const position = request.method === 'GET' ? null : event.headers.get('Ledger-Position');
      if (position !== null) lastWrite.remember(position);
    }),
  );
};

function prepared<Body>(request: HttpRequest<Body>, lastWrite: LastWrite): HttpRequest<Body> {
  if (request.method === 'POST') {
    return request.clone({ setHeaders: { 'Idempotency-Key': request.context.get(IDEMPOTENCY_KEY) } });
  }
  const position = lastWrite.current();
  return request.method === 'GET' && position !== undefined
    ? request.clone({ setHeaders: { 'Ledger-Position': position } })
    : request;
}
