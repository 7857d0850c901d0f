import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
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

const ALLOWED = [...accessTable('While somebody who runs the installation acts as a member').keys()];
const WITHOUT_SEAT = [
  ...accessTable('Open to everybody').keys(),
  ...accessTable('For those who run the installation').keys(),
];
const REASON = 'Her views are empty.';
const PROMISED_MILLISECONDS = 5_000;

let desk: TestDesk;
let platform: PlatformCaller;
let owner: Caller;
const open: Socket[] = [];

interface Acting {
  readonly id: string;
  readonly accessToken: string;
  readonly until: string;
}

beforeAll(async () => {
  desk = await startTestDesk();
  platform = await platformCaller(desk);
  owner = await caller(desk, 'owner@demo.test');
  await desk.caughtUp();
}, 120_000);

afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

afterAll(async () => {
  await desk.close();
});

async function seatOf(email: string): Promise<string> {
  return (await caller(desk, email)).memberId;
}

async function actAs(email: string, minutes = 15): Promise<Acting> {
  const memberId = await seatOf(email);
  const { body } = await platform
    .post(`/workspaces/${owner.workspaceId}/impersonations`, { memberId, reason: REASON, minutes })
    .expect(201);
  return body as Acting;
}

async function ask(
  token: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: Record<string, unknown>; etag: string }> {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'If-Match': '*' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const parsed = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: answer.status, body: parsed, etag: answer.headers.get('etag') ?? '' };
}

async function connected(token: string): Promise<Socket> {
  const auth = { token };
  const socket = io(`${desk.url}/desk`, { transports: ['websocket'], reconnection: false, forceNew: true, auth });
  open.push(socket);
  await new Promise((resolve, reject) => socket.once('ready', resolve).once('connect_error', reject));
  return socket;
}

const cut = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once('disconnect', resolve));

async function refused(token: string): Promise<void> {
  await eventually(async () => {
    expect((await ask(token, '/me')).status).toBe(401);
  });
}

describe('C12 acting as a member', () => {
  it('C12 sees what the member sees, over HTTP and the socket, and says that it is somebody else', async () => {
    const { accessToken, until } = await actAs('agent@demo.test');
    const { body } = await ask(accessToken, '/me');
    expect(body).toMatchObject({ member: { role: 'agent', email: 'agent@demo.test' }, impersonation: { until } });
    expect((await owner.get('/me')).body).toMatchObject({ impersonation: null });
    expect((await ask(accessToken, '/tickets')).status).toBe(200);
    await expect(connected(accessToken)).resolves.toMatchObject({ connected: true });
  });

  it('C12 is written down under both names, in the ledger of the workspace', async () => {
    const { id, accessToken } = await actAs('agent@demo.test');
    const requester = { email: `${randomUUID()}@example.com`, name: 'Ada' };
    const opened = await ask(accessToken, '/tickets', { subject: 'By both', body: 'It burns.', requester });
    expect(opened.status).toBe(201);
    const ticketId = opened.body.id as string;
    await desk.caughtUp();
    const impersonatedBy = `platform:${platform.adminId}`;
    const memberId = await seatOf('agent@demo.test');
    const { body } = await owner.get(`/tickets/${ticketId}/ledger`).expect(200);
    for (const event of (body as { data: object[] }).data) {
      expect(event).toMatchObject({ actor: `member:${memberId}`, impersonatedBy });
    }
    await eventually(async () => {
      const started = await owner.get(`/ledger?type=ImpersonationStarted&stream=impersonation-${id}`).expect(200);
      expect((started.body as { data: object[] }).data).toMatchObject([
        { actor: impersonatedBy, data: { memberId, reason: REASON, adminId: platform.adminId } },
      ]);
    });
  });

  it('C12 opens what the table names and nothing else, whatever the member may', async () => {
    const { paths } = (await (await fetch(`${desk.url}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const operations = Object.entries(paths)
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { operationId }]) => ({ name: operationId, method, path })),
      )
      .filter(({ name }) => !WITHOUT_SEAT.includes(name));
    const { accessToken } = await actAs('owner@demo.test');
    for (const { name, method, path } of operations) {
      const answer = await fetch(`${desk.url}${path.replaceAll(/\{\w+\}/g, () => randomUUID())}`, {
        method: method.toUpperCase(),
        headers: { Authorization: `Bearer ${accessToken}` },
      });
      const text = await answer.text();
      const { code } = (text.startsWith('{') ? JSON.parse(text) : {}) as { code?: string };
      expect(answer.status).not.toBe(401);
      expect([name, code !== 'auth.forbidden']).toEqual([name, ALLOWED.includes(name)]);
    }
    for (const name of ['signOut', 'endSession', 'changePassword', 'stepUp', 'configureWorkspace', 'exportLedger'])
      expect(ALLOWED).not.toContain(name);
  });

  it('C12 needs a reason, a member who can sign in, and at most an hour', async () => {
    const path = `/workspaces/${owner.workspaceId}/impersonations`;
    const memberId = await seatOf('agent@demo.test');
    await platform.post(path, { memberId, minutes: 15 }).expect(400);
    await platform.post(path, { memberId, reason: REASON, minutes: 61 }).expect(400);
    await platform.post(path, { memberId, reason: ' \u200b', minutes: 15 }).expect(422);
    const wish = { memberId: randomUUID(), reason: REASON, minutes: 15 };
    const unknown = await platform.post(path, wish).expect(404);
    expect(unknown.body).toMatchObject({ code: 'member.not-found' });
    const elsewhere = (await caller(desk, 'owner@globex.test')).memberId;
    await platform.post(path, { ...wish, memberId: elsewhere }).expect(404);
    await platform.post(`/workspaces/${randomUUID()}/impersonations`, { ...wish, memberId }).expect(404);
  });

  it('C12 is over within five seconds when it is ended, over HTTP and sockets', async () => {
    const { id, accessToken } = await actAs('agent@demo.test');
    const socket = await connected(accessToken);
    expect((await ask(accessToken, '/me')).status).toBe(200);
    const gone = cut(socket);
    await platform.post(`/workspaces/${owner.workspaceId}/impersonations/${id}/end`).expect(204);
    const began = performance.now();
    await Promise.all([gone, refused(accessToken)]);
    expect(performance.now() - began).toBeLessThan(PROMISED_MILLISECONDS);
    await platform.post(`/workspaces/${owner.workspaceId}/impersonations/${id}/token`).expect(404);
    await platform.post(`/workspaces/${owner.workspaceId}/impersonations/${id}/end`).expect(204);
  });

  it('C12 is nobody else’s: another platform admin neither continues nor ends it', async () => {
    const { id } = await actAs('agent@demo.test');
    const second = await platformCaller(desk);
    await second.post(`/workspaces/${owner.workspaceId}/impersonations/${id}/token`).expect(404);
    await second.post(`/workspaces/${owner.workspaceId}/impersonations/${id}/end`).expect(404);
    const again = await platform.post(`/workspaces/${owner.workspaceId}/impersonations/${id}/token`).expect(200);
    expect((await ask((again.body as Acting).accessToken, '/me')).status).toBe(200);
  });

  it('C12 ends with the session of the admin', async () => {
    const second = await platformCaller(desk);
    const memberId = await seatOf('agent@demo.test');
    const wish = { memberId, reason: REASON, minutes: 60 };
    const { body } = await second.post(`/workspaces/${owner.workspaceId}/impersonations`, wish).expect(201);
    const { accessToken } = body as Acting;
    expect((await ask(accessToken, '/me')).status).toBe(200);
    await second.post('/auth/logout').expect(204);
    await refused(accessToken);
  });

  it('C12 is forbidden by the workspace, also in the middle of it', async () => {
    const { accessToken } = await actAs('agent@demo.test');
    expect((await ask(accessToken, '/me')).status).toBe(200);
    await owner.post('/workspace/configure', { supportAccess: 'refused' }, { 'If-Match': '*' }).expect(200);
    await refused(accessToken);
    const memberId = await seatOf('agent@demo.test');
    const wish = { memberId, reason: REASON, minutes: 15 };
    const { body } = await platform.post(`/workspaces/${owner.workspaceId}/impersonations`, wish).expect(403);
    expect(body).toMatchObject({ code: 'impersonation.refused-by-workspace' });
    await owner.post('/workspace/configure', { supportAccess: 'allowed' }, { 'If-Match': '*' }).expect(200);
  });
});
