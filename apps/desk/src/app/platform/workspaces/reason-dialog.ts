import { Component, inject, signal } from '@angular/core';
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
import { problemOf } from '@ledgerdesk/web-session';
import { refusalText } from '../../tickets/stores/refusal-text';

/** What is about to be done; its words are `platform.<deed>…`. */
export interface ReasonDialogData {
  readonly deed: 'suspend' | 'reactivate' | 'actAs';
  /** Of the workspace or the person. */
  readonly name: string;
  /** Does it; the dialog stays open with the refusal when that fails. */
  readonly run: (reason: string, minutes: number) => Promise<void>;
}

/** Says what a deed means and wants a reason for it, which the people of the workspace read. */
@Component({
  selector: 'ld-reason-dialog',
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
    <h2 mat-dialog-title>{{ 'platform.title.' + data.deed | transloco: { name: data.name } }}</h2>
    <mat-dialog-content>
      <p>{{ 'platform.lead.' + data.deed | transloco }}</p>
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>{{ 'platform.reason' | transloco }}</mat-label>
        <textarea
          matInput
          #field
          rows="3"
          maxlength="500"
          cdkFocusInitial
          [value]="reason()"
          (input)="reason.set(field.value)"
        ></textarea>
      </mat-form-field>
      @if (data.deed === 'actAs') {
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ 'platform.howLong' | transloco }}</mat-label>
          <mat-select [value]="minutes()" (valueChange)="minutes.set($event)">
            @for (one of choices; track one) {
              <mat-option [value]="one">{{ 'platform.minutes' | transloco: { minutes: one } }}</mat-option>
            }
          </mat-select>
        </mat-form-field>
      }
      @if (refusal(); as text) {
        <p class="refusal" role="alert">{{ text }}</p>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="text" type="button" mat-dialog-close>{{ 'ui.cancel' | transloco }}</button>
      <button matButton="filled" type="button" [disabled]="reason().trim() === '' || busy()" (click)="submit()">
        {{ 'platform.deed.' + data.deed | transloco }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      display: grid;
      gap: 12px;
    }

    .refusal {
      color: var(--ld-red);
    }
  `,
})
export class ReasonDialog {
  protected readonly data = inject<ReasonDialogData>(MAT_DIALOG_DATA);
  protected readonly choices = [15, 30, 60];
  protected readonly reason = signal('');
  protected readonly minutes = signal(15);
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly texts = inject(TranslocoService);
  private readonly dialog = inject<MatDialogRef<ReasonDialog, undefined>>(MatDialogRef);

  protected async submit(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    try {
      await this.data.run(this.reason().trim(), this.minutes());
      this.dialog.close();
    } catch (error) {
      this.refusal.set(refusalText(problemOf(error), this.texts));
      this.busy.set(false);
    }
  }
}
