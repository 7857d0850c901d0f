import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { io, type Socket } from 'socket.io-client';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { Log } from '@ledgerdesk/logging';
import { type Connections, projectConnections } from '@ledgerdesk/read-store';
import {
  accessTable,
  type Caller,
  caller,
  eventually,
  platformCaller,
  type PlatformCaller,
  startTestDesk,
  type TestDesk,
} from '@ledgerdesk/testing';
import { suspendedWorkspaces } from '@ledgerdesk/workspaces';
import { createApplication } from '../src/application.js';

const STAYS_OPEN = [...accessTable('While a workspace is suspended').keys()];
const WITHOUT_SEAT = [
  ...accessTable('Open to everybody').keys(),
  ...accessTable('For those who run the installation').keys(),
];
const PROMISED_MILLISECONDS = 5_000;
const REASON = 'Sends spam.';

let desk: TestDesk;
let secondNode: NestExpressApplication;
let secondUrl: string;
let connections: Connections;
let platform: PlatformCaller;
let owner: Caller;
let other: Caller;
const open: Socket[] = [];

beforeAll(async () => {
  desk = await startTestDesk();
  secondNode = await createApplication(
    desk.app.get<Configuration>(CONFIGURATION),
    new Log({ level: 'silent', process: 'api' }),
  );
  await secondNode.listen(0, '127.0.0.1');
  secondUrl = `http://127.0.0.1:${String((secondNode.getHttpServer().address() as AddressInfo).port)}`;
  connections = projectConnections(desk.database.projectUrl);
  platform = await platformCaller(desk);
  owner = await caller(desk, 'owner@demo.test');
  other = await caller(desk, 'owner@globex.test');
  await desk.caughtUp();
}, 120_000);

afterEach(async () => {
  for (const socket of open.splice(0)) socket.disconnect();
  await platform.post(`/workspaces/${owner.workspaceId}/reactivate`, { reason: 'The test is over.' }).expect(200);
  await writable(owner);
});

afterAll(async () => {
  await connections.close();
  await secondNode.close();
  await desk.close();
});

const ticket = (subject: string): object => ({
  subject,
  body: 'It does not print.',
  requester: { email: `${randomUUID()}@example.com`, name: 'Ada' },
});

async function refused(member: Caller): Promise<void> {
  await eventually(async () => {
    const { body } = await member.post('/tickets', ticket('While it is suspended')).expect(403);
    expect(body).toMatchObject({ code: 'workspace.suspended' });
  });
}

async function writable(member: Caller): Promise<void> {
  await eventually(() => member.post('/tickets', ticket('While it is not')).expect(201));
}

async function suspend(): Promise<void> {
  await platform.post(`/workspaces/${owner.workspaceId}/suspend`, { reason: REASON }).expect(200);
}

async function onSecondNode(): Promise<string | undefined> {
  const answer = await fetch(`${secondUrl}/api/v1/tickets`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${owner.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(ticket('On the second node')),
  });
  return ((await answer.json()) as { code?: string }).code;
}

async function connected(token: string): Promise<Socket> {
  const socket = io(`${desk.url}/desk`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { token },
  });
  open.push(socket);
  await new Promise((resolve, reject) => socket.once('ready', resolve).once('connect_error', reject));
  return socket;
}

describe('C8 a suspended workspace', () => {
  it('C8 refuses writes on every node within five seconds, and no other workspace does', async () => {
    expect(await onSecondNode()).toBeUndefined();
    await writable(owner);
    await suspend();
    const began = performance.now();
    await Promise.all([
      refused(owner),
      eventually(async () => {
        expect(await onSecondNode()).toBe('workspace.suspended');
      }),
    ]);
    expect(performance.now() - began).toBeLessThan(PROMISED_MILLISECONDS);
    await writable(other);
  });

  it('C8 answers every operation as the table says: what changes something is refused, what reads is not', async () => {
    const { paths } = (await (await fetch(`${desk.url}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const operations = Object.entries(paths)
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { operationId }]) => ({ name: operationId, method, path })),
      )
      .filter(({ name }) => !WITHOUT_SEAT.includes(name) && name !== 'signOut');
    await suspend();
    await refused(owner);
    for (const { name, method, path } of operations) {
      const answer = await fetch(`${desk.url}${path.replaceAll(/\{\w+\}/g, () => randomUUID())}`, {
        method: method.toUpperCase(),
        headers: { Authorization: `Bearer ${owner.token}` },
      });
      const text = await answer.text();
      const { code } = (text.startsWith('{') ? JSON.parse(text) : {}) as { code?: string };
      const stays = method === 'get' || STAYS_OPEN.includes(name) || code === 'auth.forbidden';
      expect([name, code === 'workspace.suspended']).toEqual([name, !stays]);
    }
  });

  it('C8 keeps signing in, reading and its own export', async () => {
    await suspend();
    await refused(owner);
    const login = await fetch(`${desk.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'owner@demo.test', password: 'ledgerdesk-demo' }),
    });
    expect(await login.json()).toMatchObject({ workspace: { suspension: { reason: REASON } } });
    await owner.get('/tickets').expect(200);
    await owner.post('/ledger/exports').expect(202);
    const { body } = await owner.get('/me').expect(200);
    expect((body as { workspace: object }).workspace).toMatchObject({ suspension: { reason: REASON } });
  });

  it('C8 keeps its sockets, which go on hearing and can ask', async () => {
    const socket = await connected(owner.token);
    const { body } = await owner.post('/tickets', ticket('Seen over the socket')).expect(201);
    const { id: ticketId } = body as { id: string };
    await desk.caughtUp();
    await suspend();
    await refused(owner);
    const watched = await new Promise((resolve) => socket.emit('watch', { ticketId }, resolve));
    expect(watched).toMatchObject({ ok: true });
    await expect(connected(owner.token)).resolves.toMatchObject({ connected: true });
    expect(socket.connected).toBe(true);
  });

  it('C8 is told in its own ledger by whom, why, and what it was before', async () => {
    await suspend();
    await eventually(async () => {
      const { body } = await owner
        .get(`/ledger?type=WorkspaceSuspended&actor=platform:${platform.adminId}`)
        .expect(200);
      const [event] = (body as { data: { data: object; actor: string; cause: string }[] }).data;
      expect(event).toMatchObject({
        actor: `platform:${platform.adminId}`,
        cause: 'command:SuspendWorkspace',
        data: { from: 'active', to: 'suspended', reason: REASON },
      });
    });
  });

  it('C8 rests, as those who perform jobs see it, until it is reactivated', async () => {
    await suspend();
    await eventually(async () => {
      expect(await connections.use(suspendedWorkspaces)).toEqual([owner.workspaceId]);
    });
    await platform.post(`/workspaces/${owner.workspaceId}/reactivate`, { reason: 'Paid.' }).expect(200);
    await eventually(async () => {
      expect(await connections.use(suspendedWorkspaces)).toEqual([]);
    });
    await writable(owner);
  });
});
