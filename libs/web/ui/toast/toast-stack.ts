import { Component, inject } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../icon/icon';
import { Toasts } from './toasts';
import type { Toast } from './toasts';

/** Where toasts appear; a live region, so they are heard as well as seen. */
@Component({
  selector: 'ld-toast-stack',
  imports: [Icon, TranslocoPipe],
  template: `
    <div aria-live="polite" aria-relevant="additions">
      @for (toast of toasts.shown(); track toast.id) {
        <div class="toast" [class.refused]="toast.tone === 'refused'">
          <ld-icon [name]="toast.icon" />
          <span>{{ toast.text }}</span>
          @if (toast.action; as action) {
            <button type="button" (click)="act(toast)">{{ action.label }}</button>
          }
          <button
            type="button"
            class="close"
            [attr.aria-label]="'ui.close' | transloco"
            (click)="toasts.dismiss(toast.id)"
          >
            <ld-icon name="close" />
          </button>
        </div>
      }
    </div>
  `,
  styles: `
    :host > div {
      position: fixed;
      z-index: 1100;
      inset-block-end: 16px;
      inset-inline-start: 72px;
      display: grid;
      gap: 8px;
      max-inline-size: min(480px, calc(100vw - 32px));
    }
    @media (max-width: 759px) {
      :host > div {
        inset-inline: 16px;
        inset-block-end: 72px;
      }
    }
    .toast {
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 8px 8px 8px 12px;
      border-radius: 8px;
      background: var(--mat-sys-inverse-surface);
      box-shadow: 0 6px 24px rgb(0 0 0 / 25%);
      color: var(--mat-sys-inverse-on-surface);
    }
    .toast > span {
      flex: 1;
    }
    .refused > ld-icon {
      color: light-dark(#ffaba4, #b1292a);
    }
    button {
      padding: 4px 8px;
      border: 0;
      border-radius: 4px;
      background: none;
      color: var(--mat-sys-inverse-primary);
      font-weight: 600;
      cursor: pointer;
    }
    .close {
      display: grid;
      color: inherit;
      opacity: 0.8;
    }
    .close ld-icon {
      font-size: 16px;
    }
  `,
})
export class ToastStack {
  protected readonly toasts = inject(Toasts);

  protected act(toast: Toast): void {
    this.toasts.dismiss(toast.id);
    toast.action?.run();
  }
}
