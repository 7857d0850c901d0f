import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A line to a real Redis that a test can cut, silence, slow down and mend. */
export class RedisLine {
  readonly #target: URL;
  readonly #ends = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #isSilent = false;
  #delay = 0;
  /** How often a script was asked for. */
  asked = 0;

  private constructor(target: string) {
    this.#target = new URL(target);
  }

  static async to(target: string): Promise<RedisLine> {
    const line = new RedisLine(target);
    await line.mend();
    return line;
  }

  get url(): string {
    const url = new URL(this.#target);
    url.hostname = '127.0.0.1';
    url.port = String(this.#port);
    return url.href;
  }

  /** Whoever is connected is cut off, and nobody can connect. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const end of this.#ends) end.destroy();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Connections stay and are accepted, but nothing comes through. */
  silence(): void {
    this.#isSilent = true;
    for (const end of this.#ends) end.pause();
  }

  /** Every answer comes so many milliseconds later. */
  slow(delay: number): void {
    this.#delay = delay;
  }

  async mend(): Promise<void> {
    this.#delay = 0;
    this.#isSilent = false;
    for (const end of this.#ends) end.resume();
    if (this.#server) return;
    const server = createServer((near) => {
      this.#join(near);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  #join(near: Socket): void {
    const far = connect(Number(this.#target.port), this.#target.hostname);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(end);
      end.on('data', (bytes: Buffer) => {
        if (end === near) this.asked += bytes.toString('latin1').match(/\r\neval/g)?.length ?? 0;
        if (end === near || this.#delay === 0) other.write(bytes);
        else setTimeout(() => other.write(bytes), this.#delay);
      });
      end.on('error', () => undefined);
      end.once('close', () => {
        this.#ends.delete(end);
        other.destroy();
      });
      if (this.#isSilent) end.pause();
    }
  }
}
