/** How much is being worked on at the same time, by whom; remembers somebody only while there is something. */
export class AtOnce {
  readonly #running = new Map<string, number>();

  /** Whether one more may begin. If so it has begun, and `end` must be called once. */
  begin(who: string, most: number): boolean {
    const running = this.#running.get(who) ?? 0;
    if (running >= most) return false;
    this.#running.set(who, running + 1);
    return true;
  }

  end(who: string): void {
    const running = (this.#running.get(who) ?? 0) - 1;
    if (running > 0) this.#running.set(who, running);
    else this.#running.delete(who);
  }
}
