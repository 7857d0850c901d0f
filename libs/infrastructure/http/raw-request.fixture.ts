import { connect } from 'node:net';
import type { Probe } from './probe.fixture.js';

/** Sends bytes that no HTTP library would, and answers with everything that came back until the server hung up. */
export function raw({ app }: Probe, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const { port } = app.getHttpServer().address() as { port: number };
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.on('close', () => {
      resolve(Buffer.concat(received).toString());
    });
    socket.on('error', reject);
    for (const part of parts) socket.write(part);
  });
}
