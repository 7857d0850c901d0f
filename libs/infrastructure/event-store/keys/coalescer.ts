type Load<Value> = (workspaceId: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>;

interface Waiting<Value> {
  readonly keys: Set<string>;
  readonly loaded: Promise<ReadonlyMap<string, Value>>;
}

/** Turns lookups of many callers into one at a time per workspace: what arrives while one runs goes into the next. */
export class Coalescer<Value> {
  private readonly running = new Map<string, Promise<unknown>>();
  private readonly waiting = new Map<string, Waiting<Value>>();

  constructor(private readonly load: Load<Value>) {}

  /** The values that exist among `keys`. */
  async get(workspaceId: string, keys: readonly string[]): Promise<ReadonlyMap<string, Value>> {
    const batch = this.waiting.get(workspaceId) ?? this.next(workspaceId);
    for (const key of keys) batch.keys.add(key);
    const loaded = await batch.loaded;
    const wanted = new Map<string, Value>();
    for (const key of keys) {
      const value = loaded.get(key);
      if (value !== undefined) wanted.set(key, value);
    }
    return wanted;
  }

  private next(workspaceId: string): Waiting<Value> {
    const keys = new Set<string>();
    const loaded = this.start(workspaceId, keys, this.running.get(workspaceId));
    const batch = { keys, loaded };
    this.waiting.set(workspaceId, batch);
    return batch;
  }

  private async start(
    workspaceId: string,
    keys: ReadonlySet<string>,
    previous: Promise<unknown> | undefined,
  ): Promise<ReadonlyMap<string, Value>> {
    // A failure of the previous batch is its callers' to handle. The await also lets callers of this tick join.
    await previous?.catch(() => undefined);
    await Promise.resolve();
    this.waiting.delete(workspaceId);
    const loading = this.load(workspaceId, [...keys]);
    this.running.set(workspaceId, loading);
    try {
      return await loading;
    } finally {
      if (this.running.get(workspaceId) === loading) this.running.delete(workspaceId);
    }
  }
}
