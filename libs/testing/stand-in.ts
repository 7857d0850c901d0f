import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP stand-in before a server, which can fall silent, cut its connections, refuse new ones, and recover. */
export class StandIn {
  private readonly sockets = new Set<Socket>();
  private silent = false;
  private refusing = false;

  readonly port: number;
  private readonly server: Server;

  /** Node runs this file as it is, without the short form of these. */
  private constructor(server: Server, port: number) {
    this.server = server;
    this.port = port;
  }

  /** Listens on 127.0.0.1, by default on a free port, and passes everything on to `target` on the same machine. */
  static async before(target: number, port = 0): Promise<StandIn> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The stand-in has no port.');
    const standIn = new StandIn(server, address.port);
    server.on('connection', (client) => {
      if (standIn.refusing) client.destroy();
      else standIn.pass(client, connect(target, '127.0.0.1'));
    });
    return standIn;
  }

  /** From now on nothing is passed on, in either direction; connections stay open. */
  fallSilent(): void {
    this.silent = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** Ends every connection at once, as a crash would. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Ends every connection, and each new one as soon as it is made. */
  refuse(): void {
    this.refusing = true;
    this.cut();
  }

  /** From now on everything is passed on again, over new connections. */
  recover(): void {
    this.silent = false;
    this.refusing = false;
    this.cut();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) =>
      this.server.close(() => {
        resolve();
      }),
    );
  }

  private pass(client: Socket, upstream: Socket): void {
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(from);
      // A small message must not wait for the answer to the one before it.
      from.setNoDelay(true);
      from.on('data', (chunk) => {
        if (!this.silent) to.write(chunk);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.silent) from.pause();
    }
  }
}
