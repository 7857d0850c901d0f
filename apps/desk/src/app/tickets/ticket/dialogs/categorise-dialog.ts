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
import { CurrentTicket } from '../../stores/current-ticket';
import { TicketList } from '../../stores/ticket-list';
import { TicketActions } from '../actions/ticket-actions';

/** Category and subcategory; the categories of the tickets in the list are offered. */
@Component({
  selector: 'ld-categorise-dialog',
  imports: [
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
    <form (submit)="save($event)" novalidate>
      <h2 mat-dialog-title>{{ 'act.categoriseTicket' | transloco }}</h2>
      <mat-dialog-content>
        <div class="form pair">
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>{{ 'fields.category' | transloco }}</mat-label>
            <input
              matInput
              #one
              cdkFocusInitial
              maxlength="100"
              autocomplete="off"
              dir="auto"
              list="known-categories"
              [value]="category()"
              (input)="category.set(one.value)"
            />
          </mat-form-field>
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>{{ 'fields.subcategory' | transloco }}</mat-label>
            <input
              matInput
              #two
              maxlength="100"
              autocomplete="off"
              dir="auto"
              [disabled]="category().trim() === ''"
              [value]="subcategory()"
              (input)="subcategory.set(two.value)"
            />
          </mat-form-field>
          <datalist id="known-categories">
            @for (known of categories(); track known) {
              <option [value]="known"></option>
            }
          </datalist>
        </div>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton="text" type="button" mat-dialog-close>{{ 'ui.cancel' | transloco }}</button>
        <button matButton="filled" type="submit">{{ 'ui.save' | transloco }}</button>
      </mat-dialog-actions>
    </form>
  `,
  styleUrl: './form.scss',
})
export class CategoriseDialog {
  private readonly ticket = inject(CurrentTicket).view();
  private readonly list = inject(TicketList);
  private readonly actions = inject(TicketActions);
  private readonly dialog = inject<MatDialogRef<CategoriseDialog>>(MatDialogRef);
  protected readonly category = signal(this.ticket?.category ?? '');
  protected readonly subcategory = signal(this.ticket?.subcategory ?? '');
  protected readonly categories = computed(() =>
    [...new Set(this.list.rows().flatMap((row) => row.category ?? []))].sort((a, b) => a.localeCompare(b)),
  );

  protected save(event: Event): void {
    event.preventDefault();
    const category = this.category().trim();
    const subcategory = this.subcategory().trim();
    this.dialog.close();
    void this.actions.categoriseTicket({
      category: category === '' ? null : category,
      subcategory: category === '' || subcategory === '' ? null : subcategory,
    });
  }
}
