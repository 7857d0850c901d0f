import { DOCUMENT, Injectable, effect, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { oneOf, remembered } from '@ledgerdesk/web-theme';

/** The languages the desk is written in. */
export type LanguageCode = 'en' | 'de';

/** The language of this browser's desk: its texts, dates and numbers. */
@Injectable({ providedIn: 'root' })
export class Language {
  private readonly texts = inject(TranslocoService);
  private readonly root = inject(DOCUMENT).documentElement;
  readonly current = remembered<LanguageCode>('language', this.preferred(), oneOf('en', 'de'));

  constructor() {
    effect(() => {
      const language = this.current();
      this.texts.setActiveLang(language);
      this.root.lang = language;
    });
  }

  private preferred(): LanguageCode {
    return navigator.language.startsWith('de') ? 'de' : 'en';
  }
}
