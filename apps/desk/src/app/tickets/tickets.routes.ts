import type { Routes } from '@angular/router';
import { TicketsPage } from './tickets-page';

export const ticketRoutes: Routes = [
  {
    path: '',
    component: TicketsPage,
    children: [
      {
        path: ':ticketId',
        loadComponent: () => import('./ticket-area').then((file) => file.TicketArea),
      },
    ],
  },
];
