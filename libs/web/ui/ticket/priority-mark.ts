import { Component, computed, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../icon/icon';
import { PRIORITY_LOOK } from './ticket-words';
import type { TicketPriority } from './ticket-words';

/**
 * The priority of a ticket. Short, it is the icon alone with its word for screen readers and on hover; there a normal priority
 * leaves its place empty, so that the others stand out.
 */
@Component({
  selector: 'ld-priority-mark',
  imports: [Icon, TranslocoPipe],
  template: `
    @let word = 'priority.' + priority() | transloco;
    <ld-icon [name]="look().icon" [attr.title]="short() ? word : null" />
    <span [class.ld-visually-hidden]="short()">{{ word }}</span>
  `,
  host: { '[class]': '"tone-" + look().tone', '[class.ordinary]': 'short() && priority() === "normal"' },
  styles: `
    :host {
      position: relative;
      display: inline-flex;
      align-items: center;
      gap: 3px;
      font-size: 12px;
      font-weight: 500;
      white-space: nowrap;
    }
    ld-icon {
      font-size: 16px;
    }
    :host(.tone-red) {
      color: var(--ld-red);
    }
    :host(.tone-amber) {
      color: var(--ld-amber);
    }
    :host(.ordinary) ld-icon {
      visibility: hidden;
    }
    :host(.tone-grey) {
      color: var(--ld-text-quiet);
    }
  `,
})
export class PriorityMark {
  readonly priority = input.required<TicketPriority>();
  readonly short = input(false);
  protected readonly look = computed(() => PRIORITY_LOOK[this.priority()]);
}
