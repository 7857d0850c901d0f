import { countTests } from './count.mjs';

describe('counting', () => {
  it.each([
    ['a check that holds', { code: 0, output: '' }, { passed: 1, failed: 0 }],
    ['a check that does not', { code: 2, output: 'oh' }, { passed: 0, failed: 1 }],
    ['tests that pass', { code: 0, output: 'x\nTests:       42 passed, 42 total\n' }, { passed: 42, failed: 0 }],
    [
      'tests that fail',
      { code: 1, output: 'Tests:       2 failed, 1 todo, 40 passed, 43 total' },
      { passed: 40, failed: 2 },
    ],
    ['a suite that does not load', { code: 1, output: 'Tests:       40 passed, 40 total' }, { passed: 40, failed: 1 }],
  ])('%s', (_, result, counts) => {
    expect(countTests(result)).toEqual(counts);
  });
});
