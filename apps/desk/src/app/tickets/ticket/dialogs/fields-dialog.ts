import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '@ledgerdesk/web-ui';
import { CurrentTicket } from '../../stores/current-ticket';
import { TicketActions } from '../actions/ticket-actions';

const NAME = /^[a-z][a-z0-9_]{0,39}$/u;

/** The custom fields of the ticket: each can be changed or taken away, and others added. */
@Component({
  selector: 'ld-fields-dialog',
  imports: [
    Icon,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatHint,
    MatIconButton,
    MatInput,
    MatLabel,
    TranslocoPipe,
  ],
  template: `
    <form (submit)="save($event)" novalidate>
      <h2 mat-dialog-title>{{ 'act.setCustomField' | transloco }}</h2>
      <mat-dialog-content>
        <ul class="options">
          @for (field of fields(); track field[0]) {
            <li class="option">
              <span class="ld-mono">{{ field[0] }}</span>
              <span dir="auto">{{ field[1] ?? ('ticket.erased' | transloco) }}</span>
              <span class="gap"></span>
              <button
                matIconButton
                type="button"
                [attr.aria-label]="'field.edit' | transloco: { name: field[0] }"
                (click)="take(field)"
              >
                <ld-icon name="edit" />
              </button>
              <button
                matIconButton
                type="button"
                [attr.aria-label]="'field.remove' | transloco: { name: field[0] }"
                (click)="remove(field[0])"
              >
                <ld-icon name="delete" />
              </button>
            </li>
          } @empty {
            <li class="none">{{ 'field.none' | transloco }}</li>
          }
        </ul>
        <div class="form pair">
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>{{ 'field.name' | transloco }}</mat-label>
            <input
              matInput
              #one
              cdkFocusInitial
              maxlength="40"
              autocomplete="off"
              autocapitalize="off"
              [value]="name()"
              (input)="name.set(one.value)"
            />
            <mat-hint>{{ 'field.nameHint' | transloco }}</mat-hint>
          </mat-form-field>
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>{{ 'field.value' | transloco }}</mat-label>
            <input
              matInput
              #two
              maxlength="2000"
              autocomplete="off"
              dir="auto"
              [value]="value()"
              (input)="value.set(two.value)"
            />
          </mat-form-field>
        </div>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton="text" type="button" mat-dialog-close>{{ 'ui.close' | transloco }}</button>
        <button matButton="filled" type="submit" [disabled]="!valid()">{{ 'ui.save' | transloco }}</button>
      </mat-dialog-actions>
    </form>
  `,
  styleUrl: './form.scss',
})
export class FieldsDialog {
  protected readonly name = signal('');
  protected readonly value = signal('');
  private readonly current = inject(CurrentTicket);
  private readonly actions = inject(TicketActions);
  protected readonly fields = computed(() => Object.entries(this.current.view()?.customFields ?? {}));
  protected readonly valid = computed(() => NAME.test(this.name()) && this.value().trim() !== '');

  protected take([name, value]: [string, string | number | boolean | null]): void {
    this.name.set(name);
    this.value.set(value === null ? '' : String(value));
  }

  protected remove(field: string): void {
    void this.actions.setCustomField({ field, value: null });
  }

  protected save(event: Event): void {
    event.preventDefault();
    if (!this.valid()) return;
    void this.actions.setCustomField({ field: this.name(), value: this.value().trim() });
    this.name.set('');
    this.value.set('');
  }
}
