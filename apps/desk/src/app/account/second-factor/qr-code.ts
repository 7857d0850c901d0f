import { Component, computed, input } from '@angular/core';
import { encode } from 'uqr';

/** Modules of white around it, as the standard wants. */
const QUIET = 4;

/** A text as a QR code, drawn here: no picture of a secret ever comes from anywhere. Dark on white in either theme, so that cameras read it. */
@Component({
  selector: 'ld-qr-code',
  template: `
    <svg role="img" shape-rendering="crispEdges" [attr.viewBox]="box()" [attr.aria-label]="label()">
      <rect width="100%" height="100%" fill="#fff" />
      <path fill="#000" [attr.d]="path()" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
      inline-size: 184px;
      block-size: 184px;
    }
    svg {
      border-radius: var(--ld-radius);
    }
  `,
})
export class QrCode {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  private readonly code = computed(() => encode(this.text(), { border: QUIET, ecc: 'M' }));
  protected readonly box = computed(() => `0 0 ${this.code().size} ${this.code().size}`);
  protected readonly path = computed(() =>
    this.code()
      .data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
      .join(''),
  );
}
