import { DOCUMENT, Injectable, effect, inject } from '@angular/core';
import { oneOf, remembered } from './remembered';

/** Which of the two designed themes is shown; `system` follows the operating system. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' };

/** The theme of this browser, remembered between visits. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly choice = remembered<ThemeChoice>('theme', 'system', oneOf('system', 'light', 'dark'));
  private readonly root = inject(DOCUMENT).documentElement;

  constructor() {
    effect(() => {
      const choice = this.choice();
      if (choice === 'system') delete this.root.dataset['theme'];
      else this.root.dataset['theme'] = choice;
    });
  }

  /** System, light, dark, and round again. */
  next(): void {
    this.choice.update((choice) => NEXT[choice]);
  }
}
