import type { Routes } from '@angular/router';
import { CustomersPage } from './customers-page';

export const customerRoutes: Routes = [
  { path: '', component: CustomersPage },
  { path: ':customerId', loadComponent: () => import('./customer-page').then((file) => file.CustomerPage) },
];
