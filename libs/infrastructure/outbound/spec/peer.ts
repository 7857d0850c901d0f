import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real server on loopback that counts who connects and what was asked. */
export interface ListeningPeer {
  readonly server: Server;
  readonly port: number;
  readonly connections: () => number;
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** @param address one of 127.0.0.0/8, which all lead to this machine and can be told apart */
export async function listeningPeer(address: string, answer: RequestListener): Promise<ListeningPeer> {
  let connections = 0;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.headers.host ?? ''}${request.url ?? ''}`);
    answer(request, response);
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, address);
  await once(server, 'listening');
  return {
    server,
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    asked,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
