import { report, verdict } from './report.mjs';

describe('the report of a benchmark', () => {
  it.each([
    ['reached', { value: 10, better: 'more', goal: 10, floor: 5 }],
    ['above the floor', { value: 7, better: 'more', goal: 10, floor: 5 }],
    ['missed', { value: 4, better: 'more', goal: 10, floor: 5 }],
    ['missed', { value: 9, better: 'more', goal: 10 }],
    ['reached', { value: 9, better: 'less', goal: 10 }],
    ['missed', { value: 11, better: 'less', goal: 10 }],
    ['', { value: 11, better: 'less' }],
  ])('says "%s" for %j', (word, figure) => {
    expect(verdict(figure)).toBe(word);
  });

  it('names what was measured, where, and what was wanted', () => {
    const machine = {
      ...{ cpu: '2 × X', memory: '8 GB', system: 'Debian', node: '24', commit: 'abc', date: '2026-01-01' },
      ...{ alone: 500_000, together: 1.25 },
    };
    const text = report(
      [{ bench: 'open', what: 'rate', value: 1234.5, unit: '/s', better: 'more', goal: 1240, floor: 500 }],
      machine,
    );
    expect(text).toContain('One thread hashes 500,000 kB/s (SHA-256), all together 1.25 times that');
    expect(text).toContain('| open | rate | 1,235 /s | ≥ 1,240, floor 500 | above the floor |');
  });
});
