import type { Routes } from '@angular/router';
import { may } from '@ledgerdesk/web-session';
import { AuditPage } from './audit-page';

export const auditRoutes: Routes = [
  {
    path: 'exports',
    canMatch: [may('export', 'Ledger')],
    loadComponent: () => import('./exports/exports-page').then((file) => file.ExportsPage),
  },
  { path: '', component: AuditPage },
];
