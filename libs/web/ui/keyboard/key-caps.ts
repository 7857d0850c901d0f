import { Component, computed, input } from '@angular/core';

const SIGNS = new Map([
  ['Enter', '↵'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
]);
const MAC = /Mac|iPhone|iPad/u;

/** `mod+k` as a person sees it on this keyboard: one cap per key. */
export function caps(keys: string, mac: boolean): readonly string[] {
  return keys
    .split(/[ +]/u)
    .map((key) =>
      key === 'mod' ? (mac ? '⌘' : 'Ctrl') : (SIGNS.get(key) ?? (key.length === 1 ? key.toUpperCase() : key)),
    );
}

/** The keys of a command, drawn as caps. */
@Component({
  selector: 'ld-keys',
  template: `
    @for (cap of list(); track $index) {
      <kbd>{{ cap }}</kbd>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      gap: 3px;
    }
    @media (hover: none) {
      :host {
        display: none;
      }
    }
    kbd {
      min-inline-size: 20px;
      padding: 0 5px;
      border: 1px solid var(--ld-line-strong);
      border-block-end-width: 2px;
      border-radius: 4px;
      background: var(--ld-side);
      color: var(--ld-text-quiet);
      font: 500 11px/17px var(--ld-sans);
      text-align: center;
    }
  `,
})
export class KeyCaps {
  readonly keys = input.required<string>();
  protected readonly list = computed(() => caps(this.keys(), MAC.test(navigator.userAgent)));
}
