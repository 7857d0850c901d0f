/** Lets the commands of one process take turns per stream, so that they do not lose races against each other. */
export class StreamTurns {
  private readonly last = new Map<string, Promise<undefined>>();

  async take<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(stream);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.last.set(stream, promise);
    try {
      await before;
      return await work();
    } finally {
      if (this.last.get(stream) === promise) this.last.delete(stream);
      resolve(undefined);
    }
  }
}
