import { Component, inject, signal } from '@angular/core';
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
import { MatOption, MatSelect } from '@angular/material/select';
import { TranslocoPipe } from '@jsverse/transloco';
import type { LinkRelation, TicketSummary } from '@ledgerdesk/web-api';
import { StatusChip } from '@ledgerdesk/web-ui';
import { foundTickets } from '../../stores/found-tickets';
import { TicketActions } from '../actions/ticket-actions';

/** How two tickets can belong together. */
export const RELATIONS = [
  'related',
  'follow_up_of',
  'caused_by',
  'duplicate_of',
] as const satisfies readonly LinkRelation[];

/** Links the ticket to another one, which is found by its number or by words. */
@Component({
  selector: 'ld-link-dialog',
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
    StatusChip,
    TranslocoPipe,
  ],
  template: `
    <h2 mat-dialog-title>{{ 'act.linkTicket' | transloco }}</h2>
    <mat-dialog-content>
      <div class="form">
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ 'link.relation' | transloco }}</mat-label>
          <mat-select [value]="relation()" (valueChange)="relation.set($event)">
            @for (one of relations; track one) {
              <mat-option [value]="one">{{ 'relation.' + one | transloco }}</mat-option>
            }
          </mat-select>
        </mat-form-field>
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ 'link.find' | transloco }}</mat-label>
          <input
            matInput
            #field
            cdkFocusInitial
            maxlength="200"
            autocomplete="off"
            dir="auto"
            (input)="found.typed(field.value)"
            (keydown.enter)="chooseFirst($event)"
          />
        </mat-form-field>
        <ul class="options" [attr.aria-label]="'link.found' | transloco">
          @for (ticket of found.shown(); track ticket.id) {
            <li>
              <button type="button" class="option" (click)="link(ticket)">
                <span class="quiet ld-numbers">#{{ ticket.number }}</span>
                <span dir="auto">{{ ticket.subject ?? ('ticket.erased' | transloco) }}</span>
                <span class="gap"></span>
                <ld-status-chip [status]="ticket.status" />
              </button>
            </li>
          } @empty {
            <li class="none">{{ (found.query() === '' ? 'link.hint' : 'list.nothingFound') | transloco }}</li>
          }
        </ul>
      </div>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="text" type="button" mat-dialog-close>{{ 'ui.cancel' | transloco }}</button>
    </mat-dialog-actions>
  `,
  styleUrl: './form.scss',
})
export class LinkDialog {
  protected readonly relations = RELATIONS;
  protected readonly relation = signal<LinkRelation>('related');
  protected readonly found = foundTickets();
  private readonly actions = inject(TicketActions);
  private readonly dialog = inject<MatDialogRef<LinkDialog>>(MatDialogRef);

  protected chooseFirst(event: Event): void {
    event.preventDefault();
    const first = this.found.shown()[0];
    if (first !== undefined) this.link(first);
  }

  protected link(ticket: TicketSummary): void {
    this.dialog.close();
    void this.actions.linkTicket({ ticketId: ticket.id, relation: this.relation() });
  }
}
