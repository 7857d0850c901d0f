import fc from 'fast-check';
import { ImportRefused } from './import-refused.js';
import { localTimes, SkippedTime } from './local-times.js';

const utc = localTimes('UTC');
const berlin = localTimes('Europe/Berlin');
const iso = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();

/** As ServiceNow writes a time. */
function written(at: Date): string {
  const minutes = String(at.getUTCMinutes()).padStart(2, '0');
  const hours = String(at.getUTCHours()).padStart(2, '0');
  return `${String(at.getUTCDate())}/${String(at.getUTCMonth() + 1)}/${String(at.getUTCFullYear())} ${hours}:${minutes}`;
}

const minutes = fc
  .date({ min: new Date('1970-01-02T00:00:00Z'), max: new Date('2999-12-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 60_000) * 60_000));

describe('times of a file', () => {
  it('are days before months, on the clock of the zone', () => {
    expect(iso(utc('29/2/2016 01:16'))).toBe('2016-02-29T01:16:00.000Z');
    expect(iso(utc('3/12/2016 7:05'))).toBe('2016-12-03T07:05:00.000Z');
    expect(iso(berlin('3/12/2016 07:05'))).toBe('2016-12-03T06:05:00.000Z');
    expect(iso(berlin('3/7/2016 07:05'))).toBe('2016-07-03T05:05:00.000Z');
    expect(iso(localTimes('America/St_Johns')('3/7/2016 07:05'))).toBe('2016-07-03T09:35:00.000Z');
  });

  it('come back as they were written, whatever the minute', () => {
    fc.assert(
      fc.property(minutes, (at) => {
        expect(utc(written(at))).toBe(at.getTime());
      }),
    );
  });

  it('of a zone are those of UTC by the offset of that day, except where no such time was', () => {
    fc.assert(
      fc.property(minutes, (at) => {
        try {
          const ahead = (at.getTime() - (berlin(written(at)) ?? Number.NaN)) / 60_000;
          // Local mean time, until 1893, is out of reach; since then Berlin is one or two hours ahead.
          expect([60, 120]).toContain(ahead);
        } catch (error) {
          expect(error).toBeInstanceOf(SkippedTime);
        }
      }),
    );
  });

  it('that clocks jumped over are refused', () => {
    expect(iso(berlin('27/3/2016 01:59'))).toBe('2016-03-27T00:59:00.000Z');
    expect(() => berlin('27/3/2016 02:00')).toThrow(SkippedTime);
    expect(() => berlin('27/3/2016 02:59')).toThrow('There was no 2016-03-27T02:59:00 in Europe/Berlin');
    expect(iso(berlin('27/3/2016 03:00'))).toBe('2016-03-27T01:00:00.000Z');
  });

  it('that came twice are the first', () => {
    expect(iso(berlin('30/10/2016 02:30'))).toBe('2016-10-30T00:30:00.000Z');
    expect(iso(berlin('30/10/2016 03:00'))).toBe('2016-10-30T02:00:00.000Z');
  });

  it.each([
    '',
    '?',
    '29/2/2016',
    '01:16',
    '29/2/2015 01:16',
    '31/4/2016 01:16',
    '0/1/2016 01:16',
    '2/13/2016 01:16',
    '2/29/2016 01:16',
    '29/2/2016 24:00',
    '29/2/2016 1:60',
    '29/2/2016 01:16 ',
    '29/2/2016  01:16',
    '29/2/2016 01:16:00',
    '2016-02-29 01:16',
    '29/2/1969 01:16',
    '1e1/2/2016 01:16',
  ])('are nothing else: %j', (text) => {
    expect(utc(text)).toBeUndefined();
    expect(berlin(text)).toBeUndefined();
  });

  it('need a zone that exists', () => {
    expect(() => localTimes('Mars/Olympus')).toThrow(ImportRefused);
    expect(() => localTimes('')).toThrow(ImportRefused);
  });
});
