import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
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
import type { TicketSummary } from '@ledgerdesk/web-api';
import { StatusChip } from '@ledgerdesk/web-ui';
import { CurrentTicket } from '../../stores/current-ticket';
import { foundTickets } from '../../stores/found-tickets';
import { TicketActions } from '../actions/ticket-actions';

/** Merges the ticket into another one: found by number or words, shown before anything happens. */
@Component({
  selector: 'ld-merge-dialog',
  imports: [
    MatButton,
    MatCheckbox,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatInput,
    MatLabel,
    StatusChip,
    TranslocoPipe,
  ],
  templateUrl: './merge-dialog.html',
  styleUrls: ['./form.scss', './merge-dialog.scss'],
})
export class MergeDialog {
  protected readonly found = foundTickets();
  protected readonly target = signal<TicketSummary | undefined>(undefined);
  protected readonly confirmed = signal(false);
  protected readonly busy = signal(false);
  private readonly current = inject(CurrentTicket);
  private readonly actions = inject(TicketActions);
  private readonly dialog = inject<MatDialogRef<MergeDialog>>(MatDialogRef);
  protected readonly source = this.current.view;
  protected readonly differs = computed(
    () => this.target() !== undefined && this.target()?.requester.customerId !== this.source()?.requester.customerId,
  );
  protected readonly ready = computed(
    () => this.target() !== undefined && !this.busy() && (!this.differs() || this.confirmed()),
  );

  protected chooseFirst(event: Event): void {
    event.preventDefault();
    const first = this.found.shown()[0];
    if (first !== undefined) this.choose(first);
  }

  protected choose(ticket: TicketSummary | undefined): void {
    this.confirmed.set(false);
    this.target.set(ticket);
  }

  protected async merge(): Promise<void> {
    const target = this.target();
    if (target === undefined || !this.ready()) return;
    this.busy.set(true);
    const merged = await this.actions.mergeTicket({ into: target.id, confirm: this.confirmed() });
    this.busy.set(false);
    if (merged) this.dialog.close();
  }
}
