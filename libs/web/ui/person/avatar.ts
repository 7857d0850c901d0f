import { Component, computed, input } from '@angular/core';
import { hueOf, initials } from './initials';

const HUES = 6;

/** A person's initials on a quiet colour that stays theirs. The name stands beside it or in its label, so it is decoration. */
@Component({
  selector: 'ld-avatar',
  template: '{{ letters() }}',
  host: { 'aria-hidden': 'true', '[class]': '"hue-" + hue()', '[style.--size.px]': 'size()' },
  styles: `
    :host {
      display: inline-grid;
      flex: none;
      place-items: center;
      inline-size: var(--size);
      block-size: var(--size);
      overflow: hidden;
      border-radius: 50%;
      font-size: max(9.5px, calc(var(--size) * 0.4));
      font-weight: 600;
      line-height: 1;
      letter-spacing: -0.01em;
      user-select: none;
    }
    :host(.hue-0) {
      background: light-dark(#dfe6f1, #2f3a4c);
      color: light-dark(#34496b, #bccbe4);
    }
    :host(.hue-1) {
      background: light-dark(#e8e1f2, #3a3050);
      color: light-dark(#523b78, #d2c1ec);
    }
    :host(.hue-2) {
      background: light-dark(#dcebe5, #263f37);
      color: light-dark(#265746, #aed8c8);
    }
    :host(.hue-3) {
      background: light-dark(#f3e4da, #48352a);
      color: light-dark(#724428, #e6c3ab);
    }
    :host(.hue-4) {
      background: light-dark(#f2dfe6, #492f3a);
      color: light-dark(#752f4b, #ecbccd);
    }
    :host(.hue-5) {
      background: light-dark(#e7e9d6, #3b3d26);
      color: light-dark(#4d5320, #d3d8a7);
    }
  `,
})
export class Avatar {
  readonly name = input.required<string>();
  /** Diameter in CSS pixels. */
  readonly size = input(24);
  protected readonly letters = computed(() => initials(this.name()));
  protected readonly hue = computed(() => hueOf(this.name(), HUES));
}
