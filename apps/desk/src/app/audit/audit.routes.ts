import type { Routes } from '@angular/router';
import { may } from '@ledgerdesk/web-session';
import { AuditPage } from './audit-page';

export const auditRoutes: Routes = [
  {
    path: 'exports',
    canMatch: [may('export', 'Ledger')],
    loadComponent: () => import('./exports/exports-page').then((file) => file.ExportsPage),
  },
  {
    path: 'proof',
    canMatch: [may('verify', 'Ledger')],
    loadComponent: () => import('./proof-page').then((file) => file.ProofPage),
  },
  { path: '', component: AuditPage },
];
