/** Wakes one waiting loop; raised while nobody waits, it is remembered. */
export class Signal {
  private raised = false;
  private waiting: (() => void) | undefined;

  raise(): void {
    this.raised = true;
    this.waiting?.();
  }

  /** Resolves once it is raised, or after `ms` milliseconds. */
  async wait(ms: number): Promise<void> {
    if (!this.raised) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.waiting = undefined;
    }
    this.raised = false;
  }
}
