/** Calls hold a connection and up to 64 kB; slow peers of one workspace must not take the places of others. */
const OF_A_WORKSPACE = 5;
const OF_THE_PROCESS = 100;

/** How many calls are under way; who finds no place is refused and does not wait in line. */
export class Places {
  readonly #taken = new Map<string, number>();
  #all = 0;

  /** Takes a place, and gives what frees it again; `undefined` when there is none. */
  enter(workspaceId: string): (() => void) | undefined {
    const taken = this.#taken.get(workspaceId) ?? 0;
    if (taken >= OF_A_WORKSPACE || this.#all >= OF_THE_PROCESS) return undefined;
    this.#taken.set(workspaceId, taken + 1);
    this.#all += 1;
    return () => {
      this.#leave(workspaceId);
    };
  }

  #leave(workspaceId: string): void {
    const left = (this.#taken.get(workspaceId) ?? 0) - 1;
    if (left > 0) this.#taken.set(workspaceId, left);
    else this.#taken.delete(workspaceId);
    this.#all -= 1;
  }
}
