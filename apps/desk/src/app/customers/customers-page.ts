import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, effect, inject, input, untracked, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Customer } from '@ledgerdesk/web-api';
import { Avatar, DeskCommands, Icon, RelativeTime, Skeleton, StatePanel } from '@ledgerdesk/web-ui';
import { CustomerList } from './customer-list';

const ROW = 48;
const READ_AHEAD = 30;

/** The people who ask for help. */
@Component({
  selector: 'ld-customers-page',
  imports: [
    Avatar,
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollViewport,
    Icon,
    MatButton,
    RelativeTime,
    RouterLink,
    Skeleton,
    StatePanel,
    TranslocoPipe,
  ],
  providers: [CustomerList],
  templateUrl: './customers-page.html',
  styleUrl: './customers-page.scss',
})
export class CustomersPage {
  /** From the address. */
  readonly q = input<string>();
  protected readonly customers = inject(CustomerList);
  protected readonly row = ROW;
  private readonly router = inject(Router);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  constructor() {
    effect(() => {
      const q = this.q();
      untracked(() => void this.customers.ask(q));
    });
    inject(DeskCommands).offer([
      {
        id: 'searchCustomers',
        label: 'customers.search',
        group: 'groups.list',
        icon: 'search',
        keys: '/',
        run: () => {
          this.field().nativeElement.focus();
        },
      },
    ]);
  }

  protected search(event: Event): void {
    event.preventDefault();
    const text = this.field().nativeElement.value.trim();
    void this.router.navigate([], { queryParams: { q: text === '' ? null : text } });
  }

  protected scrolled(index: number): void {
    if (index + READ_AHEAD >= this.customers.rows().length) void this.customers.more();
  }

  protected address(customer: Customer): string | undefined {
    return customer.addresses.find((one) => one.address !== null)?.address ?? undefined;
  }

  protected identity(_index: number, customer: Customer): string {
    return customer.id;
  }
}
