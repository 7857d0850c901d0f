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
import type { TimelineEntry } from '@ledgerdesk/web-api';
import { CurrentTicket } from '../../stores/current-ticket';
import { TicketActions } from '../actions/ticket-actions';
import { canBeSplitOff } from '../story/can-be-split-off';
import { ActorNames } from '../words/actor-names';
import { InstantPipe } from '../words/instant';

/** Lets messages of the ticket go on in a new one. Given the id of the message that it was opened from. */
@Component({
  selector: 'ld-split-dialog',
  imports: [
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
  templateUrl: './split-dialog.html',
  styleUrls: ['./form.scss', './split-dialog.scss'],
})
export class SplitDialog {
  private readonly current = inject(CurrentTicket);
  private readonly actions = inject(TicketActions);
  private readonly actors = inject(ActorNames);
  private readonly dialog = inject<MatDialogRef<SplitDialog>>(MatDialogRef);
  protected readonly chosen = signal<readonly string[]>([inject<string>(MAT_DIALOG_DATA)]);
  protected readonly subject = signal(this.current.view()?.subject ?? '');
  protected readonly email = signal('');
  protected readonly name = signal('');
  protected readonly busy = signal(false);
  /** What was written in this ticket and is still here. */
  protected readonly messages = computed(() => {
    const ticketId = this.current.id();
    return this.current.timeline().filter((entry) => entry.ticketId === ticketId && canBeSplitOff(entry));
  });
  protected readonly ready = computed(
    () =>
      !this.busy() &&
      this.chosen().length > 0 &&
      this.subject().trim() !== '' &&
      (this.email().trim() === '') === (this.name().trim() === ''),
  );

  protected author(entry: TimelineEntry): string {
    const requester = this.current.view()?.requester;
    return requester === undefined ? '' : this.actors.authorOf(entry, requester);
  }

  protected toggle(id: string, on: boolean): void {
    this.chosen.update((ids) => (on ? [...ids, id] : ids.filter((other) => other !== id)));
  }

  protected async split(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.ready()) return;
    const email = this.email().trim();
    this.busy.set(true);
    const done = await this.actions.splitTicket({
      messageIds: [...this.chosen()],
      subject: this.subject().trim(),
      ...(email === '' ? {} : { requester: { email, name: this.name().trim() } }),
    });
    this.busy.set(false);
    if (done) this.dialog.close();
  }
}
