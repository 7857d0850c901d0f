import { Component, computed, inject, output } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '@ledgerdesk/web-ui';
import { ScheduledReplies } from '../stores/scheduled-replies';

/** Opens the list of the person's replies that wait; says how many, and marks when one needs them. */
@Component({
  selector: 'ld-scheduled-link',
  imports: [Icon, TranslocoPipe],
  template: `
    <button type="button" [class.returned]="returned()" (click)="show()">
      <ld-icon [name]="returned() ? 'warning' : 'schedule_send'" />
      <span>{{ 'views.scheduled' | transloco }}</span>
      @if (replies.waiting().length > 0) {
        <b>{{ replies.waiting().length }}</b>
      }
    </button>
  `,
  styles: `
    button {
      display: flex;
      align-items: center;
      gap: 8px;
      inline-size: 100%;
      block-size: 30px;
      padding-inline: 8px;
      border: 0;
      border-radius: var(--ld-radius);
      background: none;
      color: var(--ld-text);
      text-align: start;
      cursor: pointer;
    }
    button:hover {
      background: var(--ld-hover);
    }
    ld-icon {
      color: var(--ld-text-quiet);
      font-size: 18px;
    }
    .returned ld-icon,
    .returned b {
      color: var(--ld-amber);
    }
    span {
      flex: 1;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    b {
      font-size: 12px;
      font-variant-numeric: tabular-nums;
      font-weight: 500;
    }
  `,
})
export class ScheduledLink {
  readonly chosen = output();
  protected readonly replies = inject(ScheduledReplies);
  protected readonly returned = computed(() => this.replies.returned().length > 0);
  private readonly dialog = inject(MatDialog);

  protected async show(): Promise<void> {
    this.chosen.emit();
    const { ScheduledDialog } = await import('./scheduled-dialog');
    if (this.dialog.openDialogs.length === 0) this.dialog.open(ScheduledDialog, { width: '620px' });
  }
}
