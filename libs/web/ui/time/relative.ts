const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/**
 * How long ago (or until) an instant is, in as few letters as stay clear: `now`, `5 min`, `3 hr`, `2 days`, then the date.
 * `at` and `now` are milliseconds since the Unix epoch.
 */
export function relative(at: number, now: number, language: string): string {
  const distance = Math.abs(now - at);
  if (distance < MINUTE) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second');
  if (distance < HOUR) return unit(language, 'minute', Math.floor(distance / MINUTE));
  if (distance < DAY) return unit(language, 'hour', Math.floor(distance / HOUR));
  if (distance < WEEK) return unit(language, 'day', Math.floor(distance / DAY));
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(language, sameYear ? SHORT_DAY : SHORT_DATE).format(at);
}

/** The whole instant in words, for a tooltip: date, time with seconds, and time zone. */
export function wholeInstant(at: number, language: string): string {
  return format(language, WHOLE).format(at);
}

const SHORT_DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const SHORT_DATE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const WHOLE: Intl.DateTimeFormatOptions = { dateStyle: 'full', timeStyle: 'long' };

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language, options);
  formats.set(key, made);
  return made;
}

function unit(language: string, name: 'minute' | 'hour' | 'day', count: number): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(count);
}
