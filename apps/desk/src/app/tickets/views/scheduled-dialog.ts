import { Component, DestroyRef, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { StatePanel } from '@ledgerdesk/web-ui';
import { ScheduledReplies } from '../stores/scheduled-replies';
import { WaitingReply } from '../ticket/composer/waiting-reply';

const SECOND = 1_000;

/** All replies of the person that wait to be sent, or came back. */
@Component({
  selector: 'ld-scheduled-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    StatePanel,
    TranslocoPipe,
    WaitingReply,
  ],
  template: `
    <h2 mat-dialog-title>{{ 'views.scheduled' | transloco }}</h2>
    <mat-dialog-content>
      @if (replies.waiting().length === 0) {
        <ld-state
          kind="empty"
          icon="schedule_send"
          [title]="'waiting.none' | transloco"
          [text]="'waiting.noneText' | transloco"
        />
      } @else {
        <ul>
          @for (reply of replies.waiting(); track reply.id) {
            <li>
              <ld-waiting-reply
                [reply]="reply"
                [now]="now()"
                [elsewhere]="true"
                (takenBack)="open(reply.ticketId)"
                (opened)="open(reply.ticketId)"
              />
            </li>
          }
        </ul>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="text" type="button" mat-dialog-close>{{ 'ui.close' | transloco }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    ul {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 8px;
    }
  `,
})
export class ScheduledDialog {
  protected readonly replies = inject(ScheduledReplies);
  protected readonly now = signal(Date.now());
  private readonly router = inject(Router);
  private readonly dialog = inject<MatDialogRef<ScheduledDialog>>(MatDialogRef);

  constructor() {
    void this.replies.read();
    const clock = setInterval(() => {
      this.now.set(Date.now());
    }, SECOND);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(clock);
    });
  }

  protected open(ticketId: string): void {
    this.dialog.close();
    void this.router.navigate(['/tickets', ticketId], { queryParams: { at: null }, queryParamsHandling: 'merge' });
  }
}
