import { inject } from '@angular/core';
import { Router } from '@angular/router';
import type { CanMatchFn, Routes } from '@angular/router';
import { PlatformSession } from './platform-session';

const signedIn: CanMatchFn = async () => {
  const session = inject(PlatformSession);
  const router = inject(Router);
  return (await session.restore()) || router.createUrlTree(['/platform/sign-in']);
};

/** The area of those who run the installation; nothing of it belongs to a workspace. */
export const platformRoutes: Routes = [
  { path: 'sign-in', loadComponent: () => import('./sign-in/platform-sign-in').then((file) => file.PlatformSignIn) },
  {
    path: '',
    canMatch: [signedIn],
    loadComponent: () => import('./platform-frame').then((file) => file.PlatformFrame),
    children: [
      {
        path: '',
        loadComponent: () => import('./workspaces/workspaces-page').then((file) => file.WorkspacesPage),
      },
      {
        path: 'workspaces/:id',
        loadComponent: () => import('./workspaces/workspace-page').then((file) => file.PlatformWorkspacePage),
      },
    ],
  },
];
