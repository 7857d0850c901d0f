import { Component, DestroyRef, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { ScheduledReplies } from '../../stores/scheduled-replies';
import { WaitingReply } from './waiting-reply';

const SECOND = 1_000;

/** The person's replies in this ticket that have not left yet, where the next one is written. */
@Component({
  selector: 'ld-waiting-replies',
  imports: [TranslocoPipe, WaitingReply],
  template: `
    @if (shown().length > 0) {
      <ul [attr.aria-label]="'waiting.label' | transloco">
        @for (reply of shown(); track reply.id) {
          <li>
            <ld-waiting-reply [reply]="reply" [version]="version()" [now]="now()" (takenBack)="takenBack.emit()" />
          </li>
        }
      </ul>
    }
  `,
  styles: `
    ul {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 6px;
      max-inline-size: 784px;
      max-block-size: 30vh;
      margin: 0 auto 8px;
      overflow-y: auto;
    }
  `,
})
export class WaitingReplies {
  readonly ticketId = input.required<string>();
  /** Newest version of the ticket that the person can see. */
  readonly version = input.required<number>();
  /** The text of a reply is in the composer again. */
  readonly takenBack = output();
  private readonly replies = inject(ScheduledReplies);
  protected readonly shown = computed(() =>
    this.replies.waiting().filter(({ ticketId }) => ticketId === this.ticketId()),
  );
  protected readonly now = signal(Date.now());

  constructor() {
    const clock = setInterval(() => {
      if (this.shown().length > 0) this.now.set(Date.now());
    }, SECOND);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(clock);
    });
  }
}
