import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { io } from 'socket.io-client';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { DEMO_PASSWORD } from '@ledgerdesk/identity';
import { Log } from '@ledgerdesk/logging';
import { authenticatorCode, eventually, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { createApplication } from '../src/application.js';

const PROMISED_MILLISECONDS = 5_000;

let desk: TestDesk;
let secondNode: NestExpressApplication;
let nodes: readonly [string, string];

beforeAll(async () => {
  desk = await startTestDesk();
  const log = new Log({ level: 'silent', process: 'api' });
  secondNode = await createApplication(desk.app.get<Configuration>(CONFIGURATION), log);
  await secondNode.listen(0, '127.0.0.1');
  const { port } = secondNode.getHttpServer().address() as AddressInfo;
  nodes = [desk.url, `http://127.0.0.1:${String(port)}`];
}, 120_000);

afterAll(async () => {
  await secondNode.close();
  await desk.close();
});

interface Heard {
  readonly status: number;
  readonly code: unknown;
  readonly body: Record<string, unknown>;
}

async function ask(node: string, token: string | undefined, path: string, body?: object): Promise<Heard> {
  const answer = await fetch(`${node}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'If-Match': '*',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const said = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: answer.status, code: said.code, body: said };
}

async function signIn(email: string, code?: string): Promise<string> {
  const { body } = await ask(nodes[0], undefined, '/auth/login', { email, password: DEMO_PASSWORD, code });
  return body.accessToken as string;
}

/** Sets up a second factor, and makes the code that confirmed it good for another time. */
async function enrol(token: string): Promise<string> {
  const { body } = await ask(nodes[0], token, '/me/second-factor/begin', { password: DEMO_PASSWORD });
  const secret = body.secret as string;
  const { status } = await ask(nodes[0], token, '/me/second-factor/confirm', { code: authenticatorCode(secret) });
  expect(status).toBe(200);
  await desk.readStore.global((sql) => sql.rows('update second_factor set last_step = last_step - 10'));
  return secret;
}

describe('a second factor', () => {
  it('B10 takes a code once, on whichever node it is shown', async () => {
    const secret = await enrol(await signIn('aiko@demo.test'));
    const shown = { email: 'aiko@demo.test', password: DEMO_PASSWORD, code: authenticatorCode(secret) };
    const answers = await Promise.all([...nodes, ...nodes].map((node) => ask(node, undefined, '/auth/login', shown)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
  });

  it('B9 B12 once the workspace asks for it, who has none can do nothing but set one up: within five seconds, on every node', async () => {
    const [owner, agent, other] = [
      await signIn('owner@demo.test'),
      await signIn('agent@demo.test'),
      await signIn('owner@globex.test'),
    ];
    const equipped = await signIn('samir@demo.test');
    await enrol(equipped);
    const socket = io(`${nodes[1]}/desk`, { transports: ['websocket'], reconnection: false, auth: { token: agent } });
    await new Promise((resolve, reject) => socket.once('ready', resolve).once('connect_error', reject));
    const cut = new Promise((resolve) => socket.once('disconnect', resolve));
    for (const node of nodes) expect((await ask(node, agent, '/tickets')).status).toBe(200);
    expect(await ask(nodes[0], agent, '/workspace/security', { secondFactor: 'required' })).toMatchObject({
      status: 403,
      code: 'auth.forbidden',
    });

    const changed = await ask(nodes[0], owner, '/workspace/security', { secondFactor: 'required' });
    expect(changed).toMatchObject({ status: 200, body: { secondFactor: 'required' } });
    const began = performance.now();
    const refused = async (node: string): Promise<void> => {
      await eventually(async () => {
        expect(await ask(node, agent, '/tickets')).toMatchObject({ status: 403, code: 'auth.second-factor-required' });
      });
    };
    await Promise.all([cut, ...nodes.map(refused)]);
    expect(performance.now() - began).toBeLessThan(PROMISED_MILLISECONDS);

    expect((await ask(nodes[1], agent, '/me')).body).toMatchObject({ mustSetUp: 'second-factor' });
    expect((await ask(nodes[0], equipped, '/tickets')).status).toBe(200);
    expect((await ask(nodes[0], other, '/tickets')).status).toBe(200);
    // Signing in again is no way around it.
    const again = await signIn('agent@demo.test');
    expect((await ask(nodes[0], again, '/tickets')).status).toBe(403);
    await enrol(again);
    await eventually(async () => {
      expect((await ask(nodes[0], again, '/tickets')).status).toBe(200);
    });
  }, 90_000);
});
