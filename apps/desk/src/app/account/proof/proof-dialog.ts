import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, getSecondFactor } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';
import { refusalText } from '../../tickets/stores/refusal-text';
import { PasswordField } from '../password/password-field';
import { CodeField } from './code-field';

/** What is asked for, and what is done with it. Texts are keys. */
export interface ProofDialogData<Result = unknown> {
  readonly title: string;
  readonly lead: string;
  readonly submit: string;
  /** @throws what the api refused it with; the person may then try again */
  readonly act: (proof: { readonly password: string; readonly code?: string }) => Promise<Result>;
}

/** Asks for the password, and for a code where there is a second factor. Closes with what `act` made of it. */
@Component({
  selector: 'ld-proof-dialog',
  imports: [
    CodeField,
    Icon,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    PasswordField,
    TranslocoPipe,
  ],
  template: `
    <h2 mat-dialog-title>{{ data.title | transloco }}</h2>
    <form novalidate (submit)="prove($event)">
      <mat-dialog-content>
        <p>{{ data.lead | transloco }}</p>
        <ld-password-field
          #field
          name="current-password"
          key="proof-password"
          [label]="'account.current' | transloco"
          [(value)]="password"
        />
        @if (wantsCode()) {
          <ld-code-field
            key="proof-code"
            [label]="'factor.code' | transloco"
            [hint]="'factor.codeHint' | transloco"
            [(value)]="code"
          />
        }
        <p class="refusal" role="alert">
          @if (refusal(); as text) {
            <ld-icon name="error" /> {{ text }}
          }
        </p>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton="text" type="button" mat-dialog-close>{{ 'ui.cancel' | transloco }}</button>
        <button matButton="filled" type="submit" [disabled]="busy() || isEmpty()">
          {{ data.submit | transloco }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    mat-dialog-content {
      display: grid;
      gap: 12px;
    }
    .refusal {
      display: flex;
      gap: 6px;
      min-block-size: 20px;
      color: var(--ld-red);
      font-weight: 500;
    }
  `,
})
export class ProofDialog {
  protected readonly data = inject<ProofDialogData>(MAT_DIALOG_DATA);
  protected readonly password = signal('');
  protected readonly code = signal('');
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  protected readonly wantsCode = signal(false);
  protected readonly isEmpty = computed(
    () => this.password() === '' || (this.wantsCode() && this.code().trim() === ''),
  );
  private readonly field = viewChild.required<PasswordField>('field');
  private readonly api = inject(Api);
  private readonly texts = inject(TranslocoService);
  private readonly dialog = inject<MatDialogRef<ProofDialog>>(MatDialogRef);

  constructor() {
    void this.look();
  }

  protected async prove(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy() || this.isEmpty()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    const code = this.code().trim();
    try {
      this.dialog.close(await this.data.act({ password: this.password(), ...(code === '' ? {} : { code }) }));
    } catch (error) {
      this.refusal.set(refusalText(problemOf(error), this.texts));
      this.code.set('');
      this.field().focus();
    } finally {
      this.busy.set(false);
    }
  }

  /** Where it can't be told, a code is asked for: who has none is not stopped by the field, for the api looks past it. */
  private async look(): Promise<void> {
    try {
      this.wantsCode.set((await this.api.invoke(getSecondFactor)).since !== null);
    } catch {
      this.wantsCode.set(false);
    }
  }
}
