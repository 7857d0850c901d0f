import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
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
import { TicketActions } from '../actions/ticket-actions';
import { InstantPipe } from '../words/instant';
import { localInput, pendPresets } from './pend-presets';

/** Until when the ticket waits for the customer: good moments first, then any moment, or without one. */
@Component({
  selector: 'ld-pend-dialog',
  imports: [
    Icon,
    InstantPipe,
    MatButton,
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
    <h2 mat-dialog-title>{{ 'act.pendTicket' | transloco }}</h2>
    <mat-dialog-content>
      <p class="lead">{{ 'pend.lead' | transloco }}</p>
      <ul class="options">
        @for (preset of presets; track preset.label) {
          <li>
            <button type="button" class="option" (click)="pend(preset.until)">
              <ld-icon name="snooze" /> <span>{{ preset.label | transloco }}</span> <span class="gap"></span>
              <span class="quiet ld-numbers">{{ preset.until.toISOString() | instant }}</span>
            </button>
          </li>
        }
        <li>
          <button type="button" class="option" (click)="pend()">
            <ld-icon name="schedule" /> <span>{{ 'pend.open' | transloco }}</span>
          </button>
        </li>
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
      </div>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="text" type="button" mat-dialog-close>{{ 'ui.cancel' | transloco }}</button>
      <button matButton="filled" type="button" [disabled]="!valid()" (click)="pendUntilChosen()">
        {{ 'pend.submit' | transloco }}
      </button>
    </mat-dialog-actions>
  `,
  styleUrl: './form.scss',
})
export class PendDialog {
  protected readonly presets = pendPresets(new Date());
  protected readonly earliest = localInput(new Date());
  protected readonly moment = signal('');
  protected readonly valid = computed(() => Date.parse(this.moment()) > Date.now());
  private readonly actions = inject(TicketActions);
  private readonly dialog = inject<MatDialogRef<PendDialog>>(MatDialogRef);

  protected pendUntilChosen(): void {
    if (this.valid()) this.pend(new Date(this.moment()));
  }

  protected pend(until?: Date): void {
    this.dialog.close();
    void this.actions.pendTicket(until?.toISOString());
  }
}
