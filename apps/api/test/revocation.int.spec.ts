import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { io, type Socket } from 'socket.io-client';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { DEMO_PASSWORD } from '@ledgerdesk/identity';
import { Log } from '@ledgerdesk/logging';
import { startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { createApplication } from '../src/application.js';

const PROMISED_MILLISECONDS = 5_000;

let desk: TestDesk;
let secondNode: NestExpressApplication;
let nodes: readonly string[];
const open: Socket[] = [];

beforeAll(async () => {
  desk = await startTestDesk();
  const log = new Log({ level: 'silent', process: 'api' });
  secondNode = await createApplication(desk.app.get<Configuration>(CONFIGURATION), log);
  await secondNode.listen(0, '127.0.0.1');
  const { port } = secondNode.getHttpServer().address() as AddressInfo;
  nodes = [desk.url, `http://127.0.0.1:${String(port)}`];
}, 120_000);

afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

afterAll(async () => {
  await secondNode.close();
  await desk.close();
});

type Ask = (path: string, body?: object) => Promise<{ status: number; body: Record<string, unknown> }>;

/** Signs in by the front door. */
async function signIn(email: string): Promise<{ token: string; ask: Ask }> {
  const send = async (path: string, body: object | undefined, token?: string): ReturnType<Ask> => {
    const answer = await fetch(`${desk.url}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
  };
  const { body } = await send('/auth/login', { email, password: DEMO_PASSWORD });
  const token = body.accessToken as string;
  return { token, ask: (path, sent) => send(path, sent, token) };
}

async function idOf({ ask }: { readonly ask: Ask }): Promise<string> {
  const { body } = await ask('/me/sessions');
  return (body.data as { id: string; current: boolean }[]).find(({ current }) => current)?.id ?? '';
}

async function connected(node: string, token: string): Promise<Socket> {
  const socket = io(`${node}/desk`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { token },
  });
  open.push(socket);
  await new Promise((resolve, reject) => socket.once('ready', resolve).once('connect_error', reject));
  return socket;
}

const cut = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once('disconnect', resolve));

async function meOn(node: string, token: string): Promise<number> {
  return (await fetch(`${node}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } })).status;
}

async function refusedBy(node: string, token: string): Promise<void> {
  while ((await meOn(node, token)) === 200) await delay(50);
}

/** Milliseconds until all of this is true. */
async function took(...all: readonly Promise<unknown>[]): Promise<number> {
  const began = performance.now();
  await Promise.all(all);
  return performance.now() - began;
}

describe('a session that is ended', () => {
  it.each([
    ['signOut', 'supervisor@demo.test', (_, { ask }) => ask('/auth/logout', {})],
    ['endSession', 'agent@demo.test', async (keeper, ended) => keeper.ask(`/me/sessions/${await idOf(ended)}/end`, {})],
    ['endOtherSessions', 'daniel@demo.test', (keeper) => keeper.ask('/me/sessions/end-others', {})],
    [
      'changePassword',
      'aiko@demo.test',
      (keeper) => keeper.ask('/me/password', { current: DEMO_PASSWORD, new: 'three quiet boats at noon' }),
    ],
  ] satisfies [string, string, (keeper: { ask: Ask }, ended: { ask: Ask }) => ReturnType<Ask>][])(
    'B9 by %s is refused within five seconds over HTTP and sockets on every node, and no other one is',
    async (_, email, end) => {
      const [keeper, ended] = [await signIn(email), await signIn(email)];
      const sockets = await Promise.all(nodes.map((node) => connected(node, ended.token)));
      const kept = await Promise.all(nodes.map((node) => connected(node, keeper.token)));
      for (const node of nodes) expect(await meOn(node, ended.token)).toBe(200);
      const cuts = sockets.map(cut);
      expect((await end(keeper, ended)).status).toBeLessThan(300);
      const refusals = nodes.map((node) => refusedBy(node, ended.token));
      expect(await took(...cuts, ...refusals)).toBeLessThan(PROMISED_MILLISECONDS);
      for (const node of nodes) expect(await meOn(node, keeper.token)).toBe(200);
      expect(kept.map(({ connected: stands }) => stands)).toEqual([true, true]);
    },
  );

  it('B9 is cut off within five seconds, whenever its sockets were connected', async () => {
    const [keeper, ended] = [await signIn('samir@demo.test'), await signIn('samir@demo.test')];
    const node = nodes[1] ?? '';
    const sockets: Socket[] = [];
    // Their checks fall into different places of the time for which the node remembers the token.
    for (let second = 0; second < 4; second += 1) {
      sockets.push(await connected(node, ended.token));
      await delay(1_075);
    }
    const cuts = sockets.map(cut);
    expect((await keeper.ask('/me/sessions/end-others', {})).status).toBe(200);
    expect(await took(...cuts)).toBeLessThan(PROMISED_MILLISECONDS);
  });
});
