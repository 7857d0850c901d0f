import { LRUCache } from 'lru-cache';
import { balanceOf, type Budget, cellOf, CELLS, type Verdict } from './budget.js';

/** About 10 MB when each of them is in use; beyond that the callers who have been quiet longest begin anew. */
const MOST_REMEMBERED = 10_000;

/** Counts in the memory of this process: the insurance for the time in which Redis does not answer. */
export class InProcessBudgets {
  /** Requests per cell, by the number of the cell. */
  readonly #used = new LRUCache<string, Map<number, number>>({ max: MOST_REMEMBERED });

  /** @param now milliseconds of a clock that is never set back */
  take(budgets: readonly Budget[], now: number = performance.now()): Verdict {
    const states = budgets.map(({ policy, key }) => {
      const current = Math.floor(now / cellOf(policy));
      const cells = this.#used.get(key) ?? new Map<number, number>();
      for (const cell of cells.keys()) if (cell < current - CELLS) cells.delete(cell);
      return { policy, key, current, cells, used: cells.values().reduce((sum, count) => sum + count, 0) };
    });
    const allowed = states.every(({ policy, used }) => used < policy.quota);
    const balances = states.map(({ policy, key, current, cells, used }) => {
      if (allowed) {
        cells.set(current, (cells.get(current) ?? 0) + 1);
        this.#used.set(key, cells);
      }
      const oldest = Math.min(current, ...cells.keys());
      return balanceOf(policy, allowed ? used + 1 : used, (oldest + CELLS + 1) * cellOf(policy) - now);
    });
    return { allowed, balances };
  }
}
