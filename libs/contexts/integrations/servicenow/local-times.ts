import { Temporal } from 'temporal-polyfill';
import { ImportRefused } from './import-refused.js';

const DATE = /^([1-9]|[12]\d|3[01])\/([1-9]|1[0-2])\/(19[7-9]\d|2\d{3})$/;
const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const MINUTE = 60_000;

/** The clocks were put forward over this time: nothing can have happened then. */
export class SkippedTime extends Error {
  override readonly name = 'SkippedTime';
}

interface Day {
  readonly date: Temporal.PlainDate;
  /** Milliseconds since the epoch at which the day would begin in UTC. */
  readonly midnight: number;
  /** Milliseconds by which the zone is ahead of UTC; undefined on a day on which that changes. */
  readonly ahead: number | undefined;
}

/**
 * Reads times as ServiceNow writes them, `D/M/YYYY HH:MM` on the clock of `timeZone` (IANA), from 1970 on. The answer is in
 * milliseconds since the epoch, undefined for anything else; the reader throws `SkippedTime`. Of a time that came twice, when
 * clocks were put back, the first is meant.
 * @throws ImportRefused when there is no such zone
 */
export function localTimes(timeZone: string): (text: string) => number | undefined {
  refuseUnknownZone(timeZone);
  // All dates of a file lie on a few hundred days, and arithmetic of zones is slow.
  const days = new Map<string, Day | undefined>();
  const dayOf = (text: string): Day | undefined => {
    if (!days.has(text)) days.set(text, readDay(text, timeZone));
    return days.get(text);
  };
  return (text) => {
    const [date = '', time = '', rest] = text.split(' ');
    const clock = TIME.exec(time);
    const day = clock && rest === undefined ? dayOf(date) : undefined;
    if (!clock || !day) return undefined;
    const [, hour = 0, minute = 0] = clock.map(Number);
    if (day.ahead !== undefined) return day.midnight + (hour * 60 + minute) * MINUTE - day.ahead;
    return slowly(day.date.toPlainDateTime({ hour, minute }), timeZone);
  };
}

function refuseUnknownZone(timeZone: string): void {
  try {
    Temporal.Now.zonedDateTimeISO(timeZone);
  } catch {
    throw new ImportRefused(`There is no time zone ${timeZone}: name one like Europe/Berlin or UTC.`);
  }
}

function readDay(text: string, timeZone: string): Day | undefined {
  const parts = DATE.exec(text);
  if (!parts) return undefined;
  const [, day = 0, month = 0, year = 0] = parts.map(Number);
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCDate() !== day) return undefined;
  const date = new Temporal.PlainDate(year, month, day);
  const began = date.toZonedDateTime(timeZone).offsetNanoseconds;
  const ended = date.add({ days: 1 }).toZonedDateTime(timeZone).offsetNanoseconds;
  return { date, midnight, ahead: began === ended ? began / 1_000_000 : undefined };
}

function slowly(local: Temporal.PlainDateTime, timeZone: string): number {
  const instant = local.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  if (!instant.toPlainDateTime().equals(local)) {
    throw new SkippedTime(`There was no ${local.toString()} in ${timeZone}: clocks were put forward then.`);
  }
  return instant.epochMilliseconds;
}
