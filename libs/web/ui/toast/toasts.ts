import { Injectable, signal } from '@angular/core';
import type { IconName } from '../icon/icons';

/** A short message at the edge of the screen. Texts are shown as they are: translate before. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly icon: IconName;
  readonly tone: 'plain' | 'refused';
  readonly action?: { readonly label: string; run(): void };
}

const STAY_MS = 6000;
const REFUSED_STAY_MS = 10_000;

/** Messages that need no answer: what was done (perhaps with an undo) or why something was refused. */
@Injectable({ providedIn: 'root' })
export class Toasts {
  private readonly list = signal<readonly Toast[]>([]);
  readonly shown = this.list.asReadonly();
  private nextId = 1;

  /** Tells that something was done. */
  done(text: string, action?: Toast['action']): void {
    this.show({ text, icon: 'check', tone: 'plain', ...(action === undefined ? {} : { action }) }, STAY_MS);
  }

  /** Tells why something was refused. */
  refused(text: string, action?: Toast['action']): void {
    this.show({ text, icon: 'error', tone: 'refused', ...(action === undefined ? {} : { action }) }, REFUSED_STAY_MS);
  }

  dismiss(id: number): void {
    this.list.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }

  private show(toast: Omit<Toast, 'id'>, stayMs: number): void {
    const id = this.nextId++;
    this.list.update((toasts) => [...toasts.slice(-2), { ...toast, id }]);
    setTimeout(() => {
      this.dismiss(id);
    }, stayMs);
  }
}
