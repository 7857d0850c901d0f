import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, eraseCustomer } from '@ledgerdesk/web-api';
import type { Customer, CustomerErasure, EraseCustomer } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { refusalText } from '../tickets/stores/refusal-text';

/** Who is to be erased, and what goes with them. */
export interface EraseDialogData {
  readonly customer: Customer;
  readonly erasure: CustomerErasure;
}

const REASONS: readonly EraseCustomer['reason'][] = [
  'person_asked',
  'consent_withdrawn',
  'no_longer_needed',
  'unlawful',
  'legal_duty',
];

/** Says what an erasure takes away and that it is for good, and wants a word typed before it is asked for. Closes with the answer. */
@Component({
  selector: 'ld-erase-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatInput,
    MatLabel,
    MatOption,
    MatSelect,
    TranslocoPipe,
  ],
  template: `
    <h2 mat-dialog-title>{{ 'erasure.title' | transloco }}</h2>
    <mat-dialog-content>
      <p>{{ 'erasure.lead' | transloco: { name: data.customer.name ?? data.customer.id } }}</p>
      <ul>
        <li>{{ 'erasure.tickets' | transloco: { tickets: data.erasure.tickets, texts: data.erasure.texts } }}</li>
        <li>
          {{ 'erasure.profile' | transloco: { addresses: data.erasure.addresses, notes: data.erasure.notes } }}
        </li>
        <li>{{ 'erasure.stays' | transloco }}</li>
      </ul>
      <p class="final">{{ 'erasure.final' | transloco }}</p>
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>{{ 'erasure.reason' | transloco }}</mat-label>
        <mat-select [value]="reason()" (valueChange)="reason.set($event)">
          @for (one of reasons; track one) {
            <mat-option [value]="one">{{ 'erasure.reasons.' + one | transloco }}</mat-option>
          }
        </mat-select>
      </mat-form-field>
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>{{ 'erasure.type' | transloco: { word: word() } }}</mat-label>
        <input
          matInput
          #field
          autocomplete="off"
          spellcheck="false"
          [value]="typed()"
          (input)="typed.set(field.value)"
        />
      </mat-form-field>
      @if (refusal(); as text) {
        <p class="refusal" role="alert">{{ text }}</p>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="text" type="button" mat-dialog-close cdkFocusInitial>{{ 'ui.cancel' | transloco }}</button>
      <button matButton="filled" type="button" class="erase" [disabled]="!sure() || busy()" (click)="eraseCustomer()">
        {{ 'erasure.submit' | transloco }}
      </button>
    </mat-dialog-actions>
  `,
  styleUrl: './erase-dialog.scss',
})
export class EraseDialog {
  protected readonly data = inject<EraseDialogData>(MAT_DIALOG_DATA);
  protected readonly reasons = REASONS;
  protected readonly reason = signal<EraseCustomer['reason']>('person_asked');
  protected readonly typed = signal('');
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly api = inject(Api);
  private readonly texts = inject(TranslocoService);
  private readonly dialog = inject<MatDialogRef<EraseDialog, CustomerErasure>>(MatDialogRef);
  protected readonly word = signal(this.texts.translate('erasure.word'));
  protected readonly sure = computed(() => this.typed().trim().toLowerCase() === this.word().toLowerCase());

  protected async eraseCustomer(): Promise<void> {
    if (!this.sure() || this.busy()) return;
    this.busy.set(true);
    const { id, version } = this.data.customer;
    try {
      const body = { reason: this.reason() };
      this.dialog.close(
        await this.api.invoke(eraseCustomer, { customerId: id, 'If-Match': `"${String(version)}-desk"`, body }),
      );
    } catch (error) {
      this.refusal.set(refusalText(problemOf(error), this.texts));
      this.busy.set(false);
    }
  }
}
