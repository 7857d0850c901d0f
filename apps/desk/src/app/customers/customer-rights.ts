import { HttpClient } from '@angular/common/http';
import { Component, DestroyRef, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, getCustomer, getCustomerErasure } from '@ledgerdesk/web-api';
import type { Customer, CustomerErasure } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Icon, Toasts } from '@ledgerdesk/web-ui';
import { firstValueFrom } from 'rxjs';
import { refusalText } from '../tickets/stores/refusal-text';
import { InstantPipe } from '../tickets/ticket/words/instant';
import { EraseDialog, type EraseDialogData } from './erase-dialog';

const ASK_AGAIN_MS = 1_000;

/** What those who answer for the data can do for a customer: give them a copy of everything, and erase them. */
@Component({
  selector: 'ld-customer-rights',
  imports: [Icon, InstantPipe, MatButton, MatMenu, MatMenuItem, MatMenuTrigger, TranslocoPipe],
  template: `
    @if (customer().erasure; as erasure) {
      <p class="state" role="status">
        <ld-icon name="delete" />
        @if (erasure.erasedAt) {
          <span>{{ 'erasure.erased' | transloco }} {{ erasure.erasedAt | instant: 'date' }}</span>
        } @else {
          <span>{{ 'erasure.requested' | transloco }} {{ erasure.requestedAt | instant: 'date' }}</span>
        }
      </p>
    }
    @if (mayExport()) {
      <button matButton="outlined" type="button" [disabled]="busy()" [matMenuTriggerFor]="formats">
        {{ 'erasure.export' | transloco }}
      </button>
      <mat-menu #formats="matMenu">
        <button mat-menu-item (click)="exportCustomerData('html')">{{ 'erasure.exportHtml' | transloco }}</button>
        <button mat-menu-item (click)="exportCustomerData('json')">{{ 'erasure.exportJson' | transloco }}</button>
      </mat-menu>
    }
    @if (mayErase()) {
      <button matButton="outlined" type="button" [disabled]="busy()" (click)="askToErase()">
        {{ 'erasure.open' | transloco }}
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      margin-inline-start: auto;
    }
    .state {
      display: flex;
      align-items: center;
      gap: 6px;
      color: var(--ld-text-quiet);
    }
  `,
})
export class CustomerRights {
  readonly customer = input.required<Customer>();
  /** They read otherwise now. */
  readonly changed = output<Customer>();
  protected readonly busy = signal(false);
  protected readonly mayExport = computed(() => this.session.can('export-data', 'Customer'));
  protected readonly mayErase = computed(
    () => this.session.can('erase', 'Customer') && this.customer().erasure === null,
  );
  private readonly api = inject(Api);
  private readonly http = inject(HttpClient);
  private readonly session = inject(Session);
  private readonly dialogs = inject(MatDialog);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
    });
  }

  protected async askToErase(): Promise<void> {
    await this.attempt(async () => {
      const { id } = this.customer();
      const [customer, erasure] = await Promise.all([
        this.api.invoke(getCustomer, { customerId: id }),
        this.api.invoke(getCustomerErasure, { customerId: id }),
      ]);
      const data: EraseDialogData = { customer, erasure };
      const dialog = this.dialogs.open<EraseDialog, EraseDialogData, CustomerErasure>(EraseDialog, {
        data,
        width: '480px',
      });
      if ((await firstValueFrom(dialog.afterClosed())) !== undefined) await this.follow();
    });
  }

  /** The file is read with the session of the desk and then handed to the browser, which keeps it. */
  protected async exportCustomerData(format: 'html' | 'json'): Promise<void> {
    await this.attempt(async () => {
      const { id } = this.customer();
      const address = `${this.api.rootUrl}/api/v1/customers/${id}/access-export`;
      const file = await firstValueFrom(this.http.get(address, { params: { format }, responseType: 'blob' }));
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `customer-${id}.${format}`;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  }

  /** Until the worker has done it. */
  private async follow(): Promise<void> {
    const customer = await this.api.invoke(getCustomer, { customerId: this.customer().id });
    this.changed.emit(customer);
    if (customer.erasure?.state !== 'erased')
      this.timer = setTimeout(() => void this.attempt(() => this.follow()), ASK_AGAIN_MS);
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    try {
      await work();
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }
}
