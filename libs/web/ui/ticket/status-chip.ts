import { Component, computed, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../icon/icon';
import { STATUS_LOOK } from './ticket-words';
import type { TicketStatus } from './ticket-words';

/** The status of a ticket: icon, word and tone together. */
@Component({
  selector: 'ld-status-chip',
  imports: [Icon, TranslocoPipe],
  template: `<ld-icon [name]="look().icon" /><span>{{ 'status.' + status() | transloco }}</span>`,
  host: { '[class]': '"tone-" + look().tone' },
  styleUrl: './tones.scss',
})
export class StatusChip {
  readonly status = input.required<TicketStatus>();
  protected readonly look = computed(() => STATUS_LOOK[this.status()]);
}
