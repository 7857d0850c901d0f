import { Injectable } from '@angular/core';
import type { Translation, TranslocoLoader } from '@jsverse/transloco';

const TEXTS: Readonly<Record<string, () => Promise<{ default: Translation }>>> = {
  en: () => import('../i18n/en.json'),
  de: () => import('../i18n/de.json'),
};

/** The desk's texts come with its code, one file per language, loaded when the language is chosen. */
@Injectable({ providedIn: 'root' })
export class BundledTexts implements TranslocoLoader {
  async getTranslation(language: string): Promise<Translation> {
    const load = TEXTS[language];
    if (load === undefined) throw new Error(`The desk is not written in ${language}.`);
    return (await load()).default;
  }
}
