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
import { MatOption, MatSelect } from '@angular/material/select';
import { TranslocoPipe } from '@jsverse/transloco';
import { People } from '../../stores/people';
import { TicketActions } from '../actions/ticket-actions';

/** Passes the work on: to whom, what was done, what is next, what to watch. */
@Component({
  selector: 'ld-hand-off-dialog',
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
    <form (submit)="handOff($event)" (keydown.control.enter)="handOff($event)" (keydown.meta.enter)="handOff($event)">
      <h2 mat-dialog-title>{{ 'act.handOffTicket' | transloco }}</h2>
      <mat-dialog-content>
        <p class="lead">{{ 'handoff.lead' | transloco }}</p>
        <div class="form">
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>{{ 'handoff.to' | transloco }}</mat-label>
            <mat-select [value]="assigneeId()" (valueChange)="assigneeId.set($event)">
              @for (member of others(); track member.id) {
                <mat-option [value]="member.id">{{ member.name }}</mat-option>
              }
            </mat-select>
          </mat-form-field>
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>{{ 'handoff.done' | transloco }}</mat-label>
            <textarea
              matInput
              #one
              rows="2"
              required
              maxlength="10000"
              dir="auto"
              [value]="done()"
              (input)="done.set(one.value)"
            ></textarea>
          </mat-form-field>
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>{{ 'handoff.next' | transloco }}</mat-label>
            <textarea
              matInput
              #two
              rows="2"
              required
              maxlength="10000"
              dir="auto"
              [value]="next()"
              (input)="next.set(two.value)"
            ></textarea>
          </mat-form-field>
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>{{ 'handoff.watchOptional' | transloco }}</mat-label>
            <textarea
              matInput
              #three
              rows="2"
              maxlength="10000"
              dir="auto"
              [value]="watch()"
              (input)="watch.set(three.value)"
            ></textarea>
          </mat-form-field>
        </div>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton="text" type="button" mat-dialog-close>{{ 'ui.cancel' | transloco }}</button>
        <button matButton="filled" type="submit" [disabled]="!complete() || busy()">
          {{ 'handoff.submit' | transloco }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styleUrl: './form.scss',
})
export class HandOffDialog {
  protected readonly assigneeId = signal<string | undefined>(undefined);
  protected readonly done = signal('');
  protected readonly next = signal('');
  protected readonly watch = signal('');
  protected readonly busy = signal(false);
  private readonly people = inject(People);
  private readonly actions = inject(TicketActions);
  private readonly dialog = inject<MatDialogRef<HandOffDialog>>(MatDialogRef);
  protected readonly others = computed(() => this.people.assignable().filter(({ id }) => id !== this.people.myId()));
  protected readonly complete = computed(
    () => this.assigneeId() !== undefined && this.done().trim() !== '' && this.next().trim() !== '',
  );

  protected async handOff(event: Event): Promise<void> {
    event.preventDefault();
    const assigneeId = this.assigneeId();
    if (assigneeId === undefined || !this.complete() || this.busy()) return;
    const watch = this.watch().trim();
    this.busy.set(true);
    const accepted = await this.actions.handOffTicket({
      assigneeId,
      done: this.done().trim(),
      next: this.next().trim(),
      ...(watch === '' ? {} : { watch }),
    });
    this.busy.set(false);
    if (accepted) this.dialog.close();
  }
}
