import { Component, input, model } from '@angular/core';

const KEY_STEP = 16;

/** The movable edge of a pane: drag it, or focus it and use the arrow keys. Double click gives the first width back. */
@Component({
  selector: 'ld-splitter',
  template: '',
  host: {
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'vertical',
    '[attr.aria-label]': 'label()',
    '[attr.aria-valuenow]': 'width()',
    '[attr.aria-valuemin]': 'min()',
    '[attr.aria-valuemax]': 'max()',
    '(pointerdown)': 'start($event)',
    '(pointermove)': 'drag($event)',
    '(pointerup)': 'end()',
    '(pointercancel)': 'end()',
    '(dblclick)': 'width.set(initial())',
    '(keydown.arrowLeft)': 'step(-1, $event)',
    '(keydown.arrowRight)': 'step(1, $event)',
  },
  styles: `
    :host {
      position: relative;
      z-index: 2;
      flex: none;
      inline-size: 1px;
      background: var(--ld-line);
      cursor: col-resize;
      touch-action: none;
    }
    :host::after {
      content: '';
      position: absolute;
      inset-block: 0;
      inset-inline: -4px;
      transition: background-color var(--ld-quick);
    }
    :host(:hover)::after,
    :host(:focus-visible)::after {
      inset-inline: -1px;
      background: var(--ld-accent);
    }
    :host(:focus-visible) {
      outline: none;
    }
  `,
})
export class Splitter {
  /** Width in CSS pixels of the pane that the edge belongs to. */
  readonly width = model.required<number>();
  readonly initial = input.required<number>();
  readonly min = input(160);
  readonly max = input(640);
  readonly label = input.required<string>();
  /** The pane lies after the edge (on the right in a left-to-right desk). */
  readonly paneAfter = input(false);
  private grabbed: { readonly x: number; readonly width: number } | undefined;

  protected start(event: PointerEvent): void {
    event.preventDefault();
    if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId);
    this.grabbed = { x: event.clientX, width: this.width() };
  }

  protected drag(event: PointerEvent): void {
    if (this.grabbed !== undefined) this.set(this.grabbed.width + (event.clientX - this.grabbed.x) * this.direction());
  }

  protected end(): void {
    this.grabbed = undefined;
  }

  protected step(direction: number, event: Event): void {
    event.preventDefault();
    this.set(this.width() + direction * KEY_STEP * this.direction());
  }

  private direction(): number {
    return this.paneAfter() ? -1 : 1;
  }

  private set(width: number): void {
    this.width.set(Math.round(Math.min(this.max(), Math.max(this.min(), width))));
  }
}
