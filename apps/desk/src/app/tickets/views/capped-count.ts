import { Component, computed, inject, input } from '@angular/core';
import { Language } from '@ledgerdesk/web-ui';

/** How many tickets a view holds: digits of equal width, "1,000+" at the cap, nothing for none. */
@Component({
  selector: 'ld-capped-count',
  template: '{{ text() }}',
  styles: `
    :host {
      min-inline-size: 4ch;
      color: var(--ld-text-quiet);
      font-size: 12px;
      font-variant-numeric: tabular-nums;
      font-weight: 500;
      text-align: end;
    }
  `,
})
export class CappedCount {
  readonly of = input<{ readonly count: number; readonly capped: boolean }>();
  private readonly language = inject(Language);
  protected readonly text = computed(() => {
    const shown = this.of();
    if (shown === undefined || shown.count === 0) return '';
    return shown.count.toLocaleString(this.language.current()) + (shown.capped ? '+' : '');
  });
}
