import { measureAppends } from './append.mjs';

export const name = 'append';
export const order = 10;

/** @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure() {
  const figures = await measureAppends(() => undefined);
  return figures.map(({ figure, value, goal }) => ({
    what: figure,
    value,
    unit: '×',
    better: 'more',
    goal: Number(goal.replace('≥', '')),
  }));
}
