import { Pipe, inject } from '@angular/core';
import type { PipeTransform } from '@angular/core';
import { Language } from '@ledgerdesk/web-ui';

const STYLES = {
  day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  short: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  stamp: {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  },
  time: { hour: '2-digit', minute: '2-digit' },
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  exact: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** How much of an instant is told. */
export type InstantStyle = keyof typeof STYLES;

const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant (RFC 3339) in a person's language and time zone. */
export function instantText(at: string, style: InstantStyle, language: string): string {
  const key = `${language} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(localeFor(language), STYLES[style]);
  formats.set(key, format);
  return format.format(new Date(at));
}

/** English on a British keyboard is British: the browser knows which kind of the language is wanted. */
function localeFor(language: string): string {
  return navigator.languages.find((locale) => locale.startsWith(language)) ?? language;
}

/** `instantText` for templates; follows the language. */
@Pipe({ name: 'instant', pure: false })
export class InstantPipe implements PipeTransform {
  private readonly language = inject(Language);

  transform(at: string, style: InstantStyle = 'moment'): string {
    return instantText(at, style, this.language.current());
  }
}
