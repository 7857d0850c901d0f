import { inject } from '@angular/core';
import { Router } from '@angular/router';
import type { CanMatchFn } from '@angular/router';
import { Session } from '@ledgerdesk/web-session';
import { administrationEntries } from './entries';

/** Lets those in who may use at least one page of the administration. */
export const mayAdminister: CanMatchFn = () => {
  const session = inject(Session);
  const entries = administrationEntries((action, subject) => session.can(action, subject));
  return entries.length > 0 || inject(Router).createUrlTree(['/denied']);
};
