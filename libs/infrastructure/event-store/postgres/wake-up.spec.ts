import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { eventually } from '@ledgerdesk/testing';
import { WakeUp } from './wake-up.js';

/** Attempts come every half a second; a timer may be a little early. */
const SHORTEST_MILLISECONDS = 450;

describe('the connection that wakes followers', () => {
  it('L5 is made again by one attempt at a time while Postgres does not take connections', async () => {
    const attempts: number[] = [];
    const server = createServer((socket) => {
      attempts.push(performance.now());
      socket.on('error', () => undefined).destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const wakeUp = new WakeUp(`postgres://nobody:nothing@127.0.0.1:${String(port)}/none`, 1_000);
    wakeUp.start();
    await eventually(() => {
      expect(attempts.length).toBeGreaterThan(4);
    });
    await wakeUp.close();
    server.close();
    const [first = 0] = attempts;
    expect((attempts[4] ?? 0) - first).toBeGreaterThan(4 * SHORTEST_MILLISECONDS);
  });
});
