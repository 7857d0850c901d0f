import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
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
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '@ledgerdesk/web-ui';
import { InstantPipe } from '../words/instant';
import { localInput, pendPresets } from './pend-presets';

export interface SendLaterQuestion {
  /** Whether the ticket can be solved with the reply. */
  readonly maySolve: boolean;
  /** When it would leave as things are; RFC 3339. */
  readonly sendAt?: string;
}

export interface SendLater {
  /** RFC 3339. */
  readonly sendAt: string;
  readonly solve: boolean;
}

/** When a reply leaves: good moments first, then any moment. */
@Component({
  selector: 'ld-send-later-dialog',
  imports: [
    Icon,
    InstantPipe,
    MatButton,
    MatCheckbox,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatInput,
    MatLabel,
    TranslocoPipe,
  ],
  template: `
    <h2 mat-dialog-title>{{ 'later.title' | transloco }}</h2>
    <mat-dialog-content>
      <p class="lead">{{ 'later.lead' | transloco }}</p>
      <ul class="options">
        @for (preset of presets; track preset.label) {
          <li>
            <button type="button" class="option" (click)="choose(preset.until)">
              <ld-icon name="schedule_send" /> <span>{{ preset.label | transloco }}</span> <span class="gap"></span>
              <span class="quiet ld-numbers">{{ preset.until.toISOString() | instant }}</span>
            </button>
          </li>
        }
      </ul>
      <div class="form">
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ 'pend.chosen' | transloco }}</mat-label>
          <input
            matInput
            #field
            type="datetime-local"
            [min]="earliest"
            [value]="moment()"
            (input)="moment.set(field.value)"
          />
        </mat-form-field>
        @if (question.maySolve) {
          <mat-checkbox [checked]="solve()" (change)="solve.set($event.checked)">{{
            'later.solve' | transloco
          }}</mat-checkbox>
        }
      </div>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="text" type="button" mat-dialog-close>{{ 'ui.cancel' | transloco }}</button>
      <button matButton="filled" type="button" [disabled]="!valid()" (click)="chosen()">
        {{ 'later.submit' | transloco }}
      </button>
    </mat-dialog-actions>
  `,
  styleUrl: './form.scss',
})
export class SendLaterDialog {
  protected readonly question = inject<SendLaterQuestion>(MAT_DIALOG_DATA);
  protected readonly presets = pendPresets(new Date());
  protected readonly earliest = localInput(new Date());
  protected readonly moment = signal(
    this.question.sendAt === undefined ? '' : localInput(new Date(this.question.sendAt)),
  );
  protected readonly solve = signal(false);
  protected readonly valid = computed(() => Date.parse(this.moment()) > Date.now());
  private readonly dialog = inject<MatDialogRef<SendLaterDialog, SendLater>>(MatDialogRef);

  protected chosen(): void {
    if (this.valid()) this.choose(new Date(this.moment()));
  }

  protected choose(at: Date): void {
    this.dialog.close({ sendAt: at.toISOString(), solve: this.solve() });
  }
}
