import { Component, computed, input } from '@angular/core';

/** Grey rows where content will be. They appear only when loading takes longer than a blink, and never shift what follows. */
@Component({
  selector: 'ld-skeleton',
  template: `
    @for (row of list(); track row) {
      <div class="row" [style.block-size.px]="height()"><span></span><span></span></div>
    }
  `,
  host: { 'aria-hidden': 'true' },
  styles: `
    :host {
      display: block;
      animation: appear 0s 150ms both;
    }
    .row {
      display: grid;
      align-content: center;
      gap: 8px;
      padding-inline: 16px;
      border-block-end: 1px solid var(--ld-line);
    }
    span {
      block-size: 9px;
      inline-size: 70%;
      border-radius: 4px;
      background: var(--ld-hover);
      animation: breathe 1.4s ease-in-out infinite alternate;
    }
    span + span {
      inline-size: 42%;
    }
    .row:nth-child(even) span:first-child {
      inline-size: 56%;
    }
    @keyframes appear {
      from {
        visibility: hidden;
      }
    }
    @keyframes breathe {
      to {
        opacity: 0.5;
      }
    }
  `,
})
export class Skeleton {
  readonly rows = input(6);
  /** Height of one row in CSS pixels. */
  readonly height = input(60);
  protected readonly list = computed(() => Array.from({ length: this.rows() }, (_, index) => index));
}
