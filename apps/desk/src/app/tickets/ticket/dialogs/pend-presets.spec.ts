import { localInput, pendPresets } from './pend-presets';

const words = (now: Date): readonly string[] =>
  pendPresets(now).map(({ label, until }) => `${label} ${localInput(until)}`);

describe('good moments to wait for', () => {
  it('are all ahead, the soonest first, on a Friday', () => {
    expect(words(new Date(2026, 10, 20, 10, 7))).toEqual([
      'pend.hours 2026-11-20T13:15',
      'pend.tomorrow 2026-11-21T09:00',
      'pend.monday 2026-11-23T09:00',
      'pend.week 2026-11-27T09:00',
      'pend.month 2026-12-20T09:00',
    ]);
  });

  it('name Monday once: on a Sunday it is tomorrow', () => {
    expect(words(new Date(2026, 10, 22, 10, 0)).filter((word) => word.includes('2026-11-23'))).toEqual([
      'pend.tomorrow 2026-11-23T09:00',
    ]);
  });

  it('are a week away on a Monday', () => {
    const monday = pendPresets(new Date(2026, 10, 23, 8, 0)).find(({ label }) => label === 'pend.monday');
    expect(monday && localInput(monday.until)).toBe('2026-11-30T09:00');
  });

  it('never lie in the past, at any hour of any day', () => {
    for (let hour = 0; hour < 24 * 40; hour++) {
      const now = new Date(2026, 0, 20, hour, 59, 59);
      for (const { until } of pendPresets(now)) expect(until.getTime()).toBeGreaterThan(now.getTime());
    }
  });
});
