import { slope } from './slope.mjs';

describe('the slope', () => {
  it('is that of the line through the points', () => {
    expect(
      slope([
        [0, 5],
        [1, 7],
        [2, 9],
      ]),
    ).toBeCloseTo(2);
  });

  it('is flat for what goes up and down around the same height', () => {
    expect(
      slope([
        [0, 5],
        [1, 6],
        [2, 6],
        [3, 5],
      ]),
    ).toBeCloseTo(0);
  });
});
