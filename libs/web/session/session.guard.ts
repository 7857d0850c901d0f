import { inject } from '@angular/core';
import { Router } from '@angular/router';
import type { CanMatchFn, UrlSegment } from '@angular/router';
import { Session } from './session';

/**
 * Lets only signed-in people in; others go to the sign-in page and come back to where they wanted to go. So do those of whom the workspace
 * wants a second factor first.
 */
export const signedIn: CanMatchFn = async (_route, segments) => {
  const session = inject(Session);
  const router = inject(Router);
  const queryParams = { to: wantedUrl(router, segments) };
  if (!(await session.restore())) return router.createUrlTree(['/sign-in'], { queryParams });
  return session.me()?.mustSetUp == null || router.createUrlTree(['/second-factor'], { queryParams });
};

/** Lets those in who have to set something up before anything else. */
export const settingUp: CanMatchFn = async () => {
  const session = inject(Session);
  const router = inject(Router);
  if (!(await session.restore())) return router.createUrlTree(['/sign-in']);
  return session.me()?.mustSetUp != null || router.createUrlTree(['/account']);
};

/** Lets only people in who may do `action` on `subject`; others see why they may not. */
export function may(action: string, subject: string): CanMatchFn {
  return () => inject(Session).can(action, subject) || inject(Router).createUrlTree(['/denied']);
}

function wantedUrl(router: Router, segments: readonly UrlSegment[]): string {
  return router.currentNavigation()?.extractedUrl.toString() ?? `/${segments.map((segment) => segment.path).join('/')}`;
}
