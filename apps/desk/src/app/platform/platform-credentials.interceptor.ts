import { HttpErrorResponse } from '@angular/common/http';
import type { HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { Injector, inject } from '@angular/core';
import { Router } from '@angular/router';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { PlatformSession } from './platform-session';

const PLATFORM_API = '/api/v1/platform/';
const SIGN_IN = '/api/v1/platform/auth/';

/** Sends the token of whoever runs the installation to the routes of the platform, and to no other; renews it once. */
export const platformCredentials: HttpInterceptorFn = (request, next) => {
  if (!request.url.startsWith(PLATFORM_API)) return next(request);
  const injector = inject(Injector);
  const session = injector.get(PlatformSession);
  const router = injector.get(Router);
  return next(withToken(request, session)).pipe(
    catchError((error: unknown) => {
      if (!(error instanceof HttpErrorResponse) || error.status !== 401 || request.url.startsWith(SIGN_IN)) {
        return throwError(() => error);
      }
      return from(session.renew()).pipe(
        switchMap((renewed) => {
          if (renewed) return next(withToken(request, session));
          if (session.admin() === undefined && router.url.startsWith('/platform'))
            void router.navigateByUrl('/platform/sign-in');
          return throwError(() => error);
        }),
      );
    }),
  );
};

function withToken<Body>(request: HttpRequest<Body>, session: PlatformSession): HttpRequest<Body> {
  const value = session.accessToken();
  return value === undefined ? request : request.clone({ setHeaders: { Authorization: `Bearer ${value}` } });
}
