import { setTimeout as pause } from 'node:timers/promises';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers items of one group (a workspace) while a batch of that group is on its way, and then works on all of them at once:
 * no delay when nothing else is going on, few statements when much is. Work that nobody waits for can be gathered for longer.
 */
export class Coalesced<Item, Result> {
  readonly #groups = new Map<string, Waiting<Item, Result>[]>();

  readonly #largest: number;
  readonly #patience: number;

  /**
   * @param work answers with one result per item, in their order
   * @param options `largest` batch, by default 200 items; `patience` in milliseconds before each batch, by default none
   */
  constructor(
    private readonly work: (group: string, items: readonly Item[]) => Promise<readonly Result[]>,
    { largest = 200, patience = 0 }: { readonly largest?: number; readonly patience?: number } = {},
  ) {
    this.#largest = largest;
    this.#patience = patience;
  }

  add(group: string, item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      const waiting = this.#groups.get(group);
      if (waiting) {
        waiting.push({ item, resolve, reject });
      } else {
        this.#groups.set(group, [{ item, resolve, reject }]);
        void this.#drain(group);
      }
    });
  }

  async #drain(group: string): Promise<void> {
    for (;;) {
      if (this.#patience > 0) await pause(this.#patience);
      const batch = this.#groups.get(group)?.splice(0, this.#largest) ?? [];
      if (batch.length === 0) {
        this.#groups.delete(group);
        return;
      }
      try {
        const results = await this.work(
          group,
          batch.map(({ item }) => item),
        );
        for (const [index, { resolve, reject }] of batch.entries()) {
          const result = results[index];
          if (result === undefined) reject(new Error('A batch gave fewer results than it had items.'));
          else resolve(result);
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }
}
