import { Component, computed, input } from '@angular/core';
import { ICONS } from './icons';
import type { IconName } from './icons';

/** One glyph of the icon font; decoration only, so whatever it stands beside carries the words. */
@Component({
  selector: 'ld-icon',
  template: '{{ glyph() }}',
  host: { 'aria-hidden': 'true', class: 'ld-icon', translate: 'no' },
  styles: `
    :host {
      display: inline-block;
      flex: none;
      inline-size: 1em;
      block-size: 1em;
      overflow: hidden;
      font: 400 20px/1 'Ledgerdesk Symbols';
      direction: ltr;
      user-select: none;
      vertical-align: -0.25em;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly glyph = computed(() => ICONS[this.name()]);
}
