import type { Routes } from '@angular/router';
import { may, settingUp, signedIn } from '@ledgerdesk/web-session';
import { mayAdminister } from './administration/administration-guard';

/** Every area is loaded when it is first opened. */
export const deskRoutes: Routes = [
  { path: 'sign-in', loadComponent: () => import('./sign-in/sign-in').then((file) => file.SignIn) },
  { path: 'join', loadComponent: () => import('./join/join-page').then((file) => file.JoinPage) },
  {
    path: 'platform',
    loadChildren: () => import('./platform/platform.routes').then((file) => file.platformRoutes),
  },
  {
    path: 'reset',
    loadComponent: () => import('./password-reset/password-reset-page').then((file) => file.PasswordResetPage),
  },
  {
    path: 'second-factor',
    canMatch: [settingUp],
    loadComponent: () => import('./account/second-factor/second-factor-page').then((file) => file.SecondFactorPage),
  },
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
      {
        // Pages of the administration stand here, so that the others are shown beside them.
        path: '',
        loadComponent: () => import('./administration/administration-frame').then((file) => file.AdministrationFrame),
        children: [
          {
            path: 'workspace',
            canMatch: [may('configure', 'Workspace')],
            loadComponent: () => import('./administration/workspace/workspace-page').then((file) => file.WorkspacePage),
          },
          {
            path: 'security',
            canMatch: [may('secure', 'Workspace')],
            loadComponent: () => import('./administration/security/security-page').then((file) => file.SecurityPage),
          },
          {
            path: 'audit/changes',
            canMatch: [may('read', 'Ledger')],
            loadComponent: () => import('./audit/changes/changes-page').then((file) => file.ChangesPage),
          },
          {
            path: 'audit/configuration',
            canMatch: [may('read', 'Ledger')],
            loadComponent: () =>
              import('./audit/configuration/configuration-page').then((file) => file.ConfigurationPage),
          },
          {
            path: 'api-keys',
            canMatch: [may('read', 'ApiKey')],
            loadComponent: () => import('./administration/api-keys/api-keys-page').then((file) => file.ApiKeysPage),
          },
          {
            path: 'roles',
            canMatch: [may('read', 'Role')],
            loadComponent: () => import('./administration/roles/roles-page').then((file) => file.RolesPage),
          },
          {
            path: 'members',
            canMatch: [may('edit', 'Member')],
            loadComponent: () => import('./members/members-page').then((file) => file.MembersPage),
          },
          { path: 'teams', loadComponent: () => import('./teams/teams-page').then((file) => file.TeamsPage) },
        ],
      },
      {
        path: 'administration',
        canMatch: [mayAdminister],
        loadComponent: () => import('./administration/administration-page').then((file) => file.AdministrationPage),
      },
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
