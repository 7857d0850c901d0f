import { LRUCache } from 'lru-cache';
import type { Budget, Verdict } from './budget.js';
import { InProcessBudgets } from './in-process-budgets.js';
import type { SharedBudgets } from './shared-budgets.js';

const MOST_REMEMBERED = 10_000;

/** The budgets of all callers: counted by Redis for all nodes together, by this process alone while Redis does not answer. */
export class Budgets {
  readonly #insurance = new InProcessBudgets();
  /** Budgets that are empty, and until when: who keeps on asking costs Redis nothing. */
  readonly #empty = new LRUCache<string, number>({ max: MOST_REMEMBERED });

  constructor(private readonly shared: Pick<SharedBudgets, 'take'>) {}

  /** Takes one from each of the budgets, or from none. Never fails. */
  async take(budgets: readonly Budget[]): Promise<Verdict> {
    const known = this.known(budgets);
    if (known) return known;
    const verdict = (await this.shared.take(budgets)) ?? this.#insurance.take(budgets);
    if (!verdict.allowed) this.#remember(budgets, verdict);
    return verdict;
  }

  /** The refusal that needs no counting, because one of the budgets is known to be empty still. */
  known(budgets: readonly Budget[]): Verdict | undefined {
    const now = performance.now();
    const balances = budgets.flatMap(({ policy, key }) => {
      const milliseconds = (this.#empty.get(key) ?? 0) - now;
      return milliseconds > 0 ? [{ policy, requests: 0, milliseconds }] : [];
    });
    return balances.length > 0 ? { allowed: false, balances } : undefined;
  }

  #remember(budgets: readonly Budget[], { balances }: Verdict): void {
    const now = performance.now();
    for (const [i, { key }] of budgets.entries()) {
      const balance = balances[i];
      if (balance?.requests === 0) this.#empty.set(key, now + balance.milliseconds);
    }
  }
}
