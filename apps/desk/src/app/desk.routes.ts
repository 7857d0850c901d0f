import type { Routes } from '@angular/router';
import { may, signedIn } from '@ledgerdesk/web-session';

/** Every area is loaded when it is first opened. */
export const deskRoutes: Routes = [
  { path: 'sign-in', loadComponent: () => import('./sign-in/sign-in').then((file) => file.SignIn) },
  {
    path: '',
    canMatch: [signedIn],
    loadComponent: () => import('./frame/frame').then((file) => file.Frame),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'tickets' },
      { path: 'tickets', loadChildren: () => import('./tickets/tickets.routes').then((file) => file.ticketRoutes) },
      {
        path: 'customers',
        canMatch: [may('read', 'Customer')],
        loadChildren: () => import('./customers/customers.routes').then((file) => file.customerRoutes),
      },
      { path: 'teams', loadComponent: () => import('./teams/teams-page').then((file) => file.TeamsPage) },
      {
        path: 'audit',
        canMatch: [may('read', 'Ledger')],
        loadChildren: () => import('./audit/audit.routes').then((file) => file.auditRoutes),
      },
      {
        path: 'read-models',
        canMatch: [may('read', 'ReadModel')],
        loadComponent: () => import('./platform/read-models-page').then((file) => file.ReadModelsPage),
      },
      { path: 'account', loadComponent: () => import('./account/account-page').then((file) => file.AccountPage) },
      { path: 'denied', loadComponent: () => import('./frame/denied').then((file) => file.Denied) },
      { path: '**', loadComponent: () => import('./frame/missing').then((file) => file.Missing) },
    ],
  },
];
