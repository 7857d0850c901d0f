import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, addCustomerNote, getCustomer, listTickets } from '@ledgerdesk/web-api';
import type { Customer } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Avatar, Icon, RelativeTime, Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { TicketRow } from '../tickets/list/ticket-row';
import { CustomerRights } from './customer-rights';
import { refusalText } from '../tickets/stores/refusal-text';

const TICKETS = 50;

/** One customer: how to reach them, what is noted about them, and what they asked. */
@Component({
  selector: 'ld-customer-page',
  imports: [
    Avatar,
    CustomerRights,
    Icon,
    MatButton,
    MatIconButton,
    RelativeTime,
    RouterLink,
    Skeleton,
    StatePanel,
    TicketRow,
    TranslocoPipe,
  ],
  templateUrl: './customer-page.html',
  styleUrl: './customer-page.scss',
})
export class CustomerPage {
  /** From the address. */
  readonly customerId = input.required<string>();
  protected readonly note = signal('');
  protected readonly mayEdit = computed(() => this.session.can('edit', 'Customer'));
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  protected readonly customer = resource({
    params: () => this.customerId(),
    loader: ({ params }) => this.api.invoke(getCustomer, { customerId: params }),
  });
  protected readonly tickets = resource({
    params: () => this.customerId(),
    loader: ({ params }) => this.api.invoke(listTickets, { requester: params, limit: TICKETS }),
  });
  protected readonly problem = computed(() => {
    const error = this.customer.error();
    return error === undefined ? undefined : problemOf(error.cause ?? error);
  });

  /** What the customer reads as now; once they are erased, so do their tickets. */
  protected take(customer: Customer): void {
    this.customer.set(customer);
    if (customer.erased) this.tickets.reload();
  }

  protected async addNote(event: Event): Promise<void> {
    event.preventDefault();
    const text = this.note().trim();
    if (text === '') return;
    try {
      const customer = await this.api.invoke(addCustomerNote, { customerId: this.customerId(), body: { text } });
      this.customer.set(customer);
      this.note.set('');
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
    }
  }
}
