import * as fc from 'fast-check';
import { present } from '@ledgerdesk/testing';
import type { Policy } from './budget.js';
import { InProcessBudgets } from './in-process-budgets.js';

function policy(name: string, quota: number, seconds: number): Policy {
  return { name, quota, seconds, complaint: 'Too many.' };
}

/** Instants in milliseconds, in order. */
const instants = fc
  .array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 120 })
  .map((gaps) => gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], []));

describe('a budget in the process', () => {
  it('F1 never gives more than its quota within a window, wherever the window is laid', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 5 }), (times, quota) => {
        const budgets = new InProcessBudgets();
        const budget = { policy: policy('member', quota, 1), key: 'a' };
        const passed = times.filter((time) => budgets.take([budget], time).allowed);
        for (const start of passed) {
          const within = passed.filter((time) => time >= start && time < start + 1_000);
          expect(within.length).toBeLessThanOrEqual(quota);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('F4 gives again when the time is over that a refusal names', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 5 }), (times, quota) => {
        const budgets = new InProcessBudgets();
        const budget = { policy: policy('member', quota, 2), key: 'a' };
        for (const time of times) {
          const { allowed, balances } = budgets.take([budget], time);
          if (allowed) continue;
          const { milliseconds } = present(balances[0]);
          expect(milliseconds).toBeGreaterThan(0);
          expect(budgets.take([budget], time + milliseconds).allowed).toBe(true);
          return;
        }
      }),
    );
  });

  it('takes from all budgets or from none', () => {
    const budgets = new InProcessBudgets();
    const member = { policy: policy('member', 2, 60), key: 'member' };
    const workspace = { policy: policy('workspace', 10, 60), key: 'workspace' };
    const left = Array.from({ length: 5 }, () => budgets.take([member, workspace], 0).balances.map((b) => b.requests));
    expect(left).toEqual([
      [1, 9],
      [0, 8],
      [0, 8],
      [0, 8],
      [0, 8],
    ]);
  });
});
