import { Component, computed, input } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icons';

/** Why there is nothing to show. */
export type StateKind = 'empty' | 'missing' | 'denied' | 'offline' | 'error';

const ICON: Readonly<Record<StateKind, IconName>> = {
  empty: 'inbox',
  missing: 'search',
  denied: 'lock',
  offline: 'cloud_off',
  error: 'error',
};

/** What a pane shows instead of its content: one icon, one sentence, one thing to do (projected as buttons). */
@Component({
  selector: 'ld-state',
  imports: [Icon],
  template: `
    <ld-icon [name]="shownIcon()" />
    <h2>{{ title() }}</h2>
    @if (text(); as words) {
      <p>{{ words }}</p>
    }
    <div class="actions"><ng-content /></div>
  `,
  host: { '[attr.role]': 'kind() === "error" ? "alert" : "status"' },
  styles: `
    :host {
      display: grid;
      justify-items: center;
      align-content: center;
      gap: 6px;
      block-size: 100%;
      padding: 32px 24px;
      color: var(--ld-text-quiet);
      text-align: center;
      text-wrap: balance;
    }
    ld-icon {
      margin-block-end: 4px;
      color: var(--ld-control);
      font-size: 32px;
    }
    h2 {
      color: var(--ld-text);
      font-size: 14px;
    }
    p {
      max-inline-size: 44ch;
    }
    .actions {
      display: flex;
      gap: 8px;
      margin-block-start: 8px;
    }
    .actions:empty {
      display: none;
    }
  `,
})
export class StatePanel {
  readonly kind = input.required<StateKind>();
  readonly title = input.required<string>();
  readonly text = input<string>();
  readonly icon = input<IconName>();
  protected readonly shownIcon = computed(() => this.icon() ?? ICON[this.kind()]);
}
