import { HttpErrorResponse } from '@angular/common/http';
import type { HttpInterceptorFn } from '@angular/common/http';
import { Injector, inject } from '@angular/core';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { problemOf } from './problem';
import { Session } from './session';

/** Asks the person at the desk to show who they are. The desk provides how. */
export abstract class StepUp {
  /** Whether they did. */
  abstract ask(): Promise<boolean>;
}

/**
 * What the api wants to be shown before it goes on: a password for what can not be taken back, after which the request goes out again as if
 * nothing had been; or a second factor, which leads to the page where it is set up.
 */
export const proof: HttpInterceptorFn = (request, next) => {
  if (!request.url.startsWith('/api/')) return next(request);
  const injector = inject(Injector);
  return next(request).pipe(
    catchError((error: unknown) => {
      const code = error instanceof HttpErrorResponse && error.status === 403 ? problemOf(error).code : undefined;
      if (code === 'auth.second-factor-required') void injector.get(Session).setUpFirst();
      if (code !== 'auth.step-up-required') return throwError(() => error);
      return from(injector.get(StepUp).ask()).pipe(
        switchMap((shown) => (shown ? next(request) : throwError(() => error))),
      );
    }),
  );
};
