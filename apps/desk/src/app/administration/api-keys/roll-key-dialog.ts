import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { problemOf } from '@ledgerdesk/web-session';
import { refusalText } from '../../tickets/stores/refusal-text';
import { ShownKey } from './shown-key';

export interface RollKeyData {
  readonly name: string;
  /** Rolls the key and answers with the new one. */
  readonly roll: (overlapHours: number) => Promise<string>;
}

const OVERLAPS = [0, 1, 4, 24] as const;

/** Asks how long the present key stays good, and shows the new one once. */
@Component({
  selector: 'ld-roll-key-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, ShownKey, TranslocoPipe],
  template: `
    <h2 mat-dialog-title>{{ (key() ? 'apiKeys.made' : 'apiKeys.rollTitle') | transloco }}</h2>
    @if (key(); as made) {
      <mat-dialog-content><ld-shown-key [key]="made" /></mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton="filled" type="button" mat-dialog-close>{{ 'apiKeys.done' | transloco }}</button>
      </mat-dialog-actions>
    } @else {
      <form novalidate (submit)="rollApiKey($event)">
        <mat-dialog-content>
          <p>{{ 'apiKeys.rollLead' | transloco: { name: data.name } }}</p>
          <label class="field">
            <span>{{ 'apiKeys.overlap' | transloco }}</span>
            <select #hours cdkFocusInitial (change)="overlap.set(+hours.value)">
              @for (one of overlaps; track one) {
                <option [value]="one" [selected]="one === overlap()">
                  {{ 'apiKeys.overlaps.' + one | transloco }}
                </option>
              }
            </select>
          </label>
          <p class="refusal" role="alert">
            @if (refusal(); as text) {
              {{ text }}
            }
          </p>
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button matButton="text" type="button" mat-dialog-close>{{ 'ui.cancel' | transloco }}</button>
          <button matButton="filled" type="submit" [disabled]="busy()">{{ 'apiKeys.roll' | transloco }}</button>
        </mat-dialog-actions>
      </form>
    }
  `,
  styleUrl: './key-dialog.scss',
})
export class RollKeyDialog {
  protected readonly data = inject<RollKeyData>(MAT_DIALOG_DATA);
  protected readonly overlaps = OVERLAPS;
  protected readonly overlap = signal<number>(24);
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  protected readonly key = signal<string | undefined>(undefined);
  private readonly texts = inject(TranslocoService);

  protected async rollApiKey(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    try {
      this.key.set(await this.data.roll(this.overlap()));
    } catch (error) {
      this.refusal.set(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }
}
