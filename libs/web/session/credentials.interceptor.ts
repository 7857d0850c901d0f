import { HttpErrorResponse } from '@angular/common/http';
import type { HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { Injector, inject } from '@angular/core';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { AccessToken } from './access-token';
import { Session } from './session';

const OWN_API = '/api/';
const SIGN_IN = '/api/v1/auth/';
/** For those who run the installation, who have a token of their own. */
const PLATFORM = '/api/v1/platform/';

/**
 * Sends the access token with every request to our own api. When the api no longer takes it, renews the session once and repeats
 * the request; when the session is over, goes to the sign-in page.
 */
export const credentials: HttpInterceptorFn = (request, next) => {
  if (!request.url.startsWith(OWN_API) || request.url.startsWith(PLATFORM)) return next(request);
  const token = inject(AccessToken);
  const injector = inject(Injector);
  return next(withToken(request, token)).pipe(
    catchError((error: unknown) => {
      if (!(error instanceof HttpErrorResponse) || error.status !== 401 || request.url.startsWith(SIGN_IN)) {
        return throwError(() => error);
      }
      const session = injector.get(Session);
      return from(session.renew()).pipe(
        switchMap((renewal) => {
          if (renewal === 'renewed') return next(withToken(request, token));
          if (renewal === 'ended') session.leave();
          return throwError(() => error);
        }),
      );
    }),
  );
};

function withToken<Body>(request: HttpRequest<Body>, token: AccessToken): HttpRequest<Body> {
  const value = token.current();
  return value === undefined ? request : request.clone({ setHeaders: { Authorization: `Bearer ${value}` } });
}
