import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { io, type Socket } from 'socket.io-client';
import { Abilities } from '@ledgerdesk/auth';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { newId, type RoleName, ROLES } from '@ledgerdesk/kernel';
import { Log } from '@ledgerdesk/logging';
import { type Caller, caller, eventually, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

const PROMISED_MILLISECONDS = 5_000;
const ANY = { 'If-Match': '*' };
const READING = ['tickets.read', 'customers.read'];

let desk: TestDesk;
let owner: Caller;
let admin: Caller;
let agent: Caller;
let aiko: Caller;
let foreign: Caller;
let secondNode: NestExpressApplication;
const open: Socket[] = [];

beforeAll(async () => {
  desk = await startTestDesk();
  const { createApplication } = await import('../../../../apps/api/src/application.js');
  const log = new Log({ level: 'silent', process: 'api' });
  secondNode = await createApplication(desk.app.get<Configuration>(CONFIGURATION), log);
  await secondNode.listen(0, '127.0.0.1');
  [owner, admin, agent, aiko, foreign] = await Promise.all([
    caller(desk, 'owner@demo.test'),
    caller(desk, 'admin@demo.test'),
    caller(desk, 'agent@demo.test'),
    caller(desk, 'aiko@demo.test'),
    caller(desk, 'owner@globex.test'),
  ]);
}, 120_000);

afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

afterAll(async () => {
  await secondNode.close();
  await desk.close();
});

interface Role {
  readonly id: RoleName;
  readonly name: string | null;
  readonly permissions: readonly string[];
  readonly members: number;
  readonly retired: boolean;
}

async function define(permissions: readonly string[], by = owner, name = `Role ${newId()}`): Promise<Role> {
  return (await by.post('/roles', { name, permissions }).expect(201)).body as Role;
}

const giving = (by: Caller, member: Caller, role: string): ReturnType<Caller['post']> =>
  by.post(`/members/${member.memberId}/role`, { role }, ANY);

async function give(member: Caller, role: RoleName): Promise<void> {
  await giving(owner, member, role).expect(200);
}

/** Gives a role and waits until the member's requests go by it. */
async function as(member: Caller, role: RoleName): Promise<Caller> {
  await give(member, role);
  const { lines } = desk.app.get(Abilities).catalogue;
  const named = (opens: Readonly<Record<string, readonly string[]>>): string[] =>
    Object.entries(opens).flatMap(([subject, actions]) => actions.map((action) => `${action} ${subject}`));
  const grantable = new Set(lines.flatMap(({ opens }) => named(opens)));
  await desk.caughtUp();
  const { data } = (await owner.get('/roles').expect(200)).body as { data: Role[] };
  const own = present(data.find(({ id }) => id === role)).permissions;
  const wanted = new Set(lines.filter(({ name }) => own.includes(name)).flatMap(({ opens }) => named(opens)));
  await eventually(async () => {
    const { body } = await member.get('/me').expect(200);
    const rules = (body as { abilities: { action: string[]; subject: string }[] }).abilities;
    const may = new Set(rules.flatMap(({ action, subject }) => action.map((each) => `${each} ${subject}`)));
    expect([...may].filter((each) => grantable.has(each)).toSorted()).toEqual([...wanted].toSorted());
  });
  return member;
}

const code = ({ body }: Awaited<ReturnType<Caller['get']>>): unknown => (body as { code?: unknown }).code;

async function openTicket(): Promise<string> {
  const requester = { email: `${newId()}@example.com`, name: 'Ada' };
  const { body } = await owner.post('/tickets', { subject: 'Printer', body: 'It burns.', requester }).expect(201);
  await desk.caughtUp();
  return (body as { id: string }).id;
}

describe('the roles of a workspace', () => {
  it('are the six that every workspace has, with what they may do, and those that it made, with how many have them', async () => {
    const refunds = await define([...READING, 'tickets.reply'], owner, 'Refunds');
    expect(refunds).toMatchObject({ name: 'Refunds', members: 0, retired: false });
    await give(agent, refunds.id);
    await desk.caughtUp();
    const { data, permissions } = (await agent.get('/roles').expect(200)).body as {
      data: Role[];
      permissions: { name: string; needs: string[] }[];
    };
    expect(data.slice(0, 6).map(({ id }) => id)).toEqual([...ROLES]);
    const names = permissions.map(({ name }) => name);
    expect(data[0]?.permissions).toEqual(names);
    expect(data.find(({ id }) => id === refunds.id)).toEqual({ ...refunds, members: 1 });
    expect(data.find(({ id }) => id === 'light_agent')?.permissions).toContain('tickets.note');
    expect(data.find(({ id }) => id === 'light_agent')?.permissions).not.toContain('tickets.reply');
    for (const { needs } of permissions) expect(names).toEqual(expect.arrayContaining(needs));
    const etag = present((await admin.get(`/roles/${refunds.id}`).expect(200)).headers.etag);
    const changed = await admin.post(`/roles/${refunds.id}/change`, { name: 'Returns' }, { 'If-Match': etag });
    expect([changed.status, changed.body]).toEqual([200, { ...refunds, name: 'Returns', members: 1 }]);
    await give(agent, 'agent');
  });

  it('are facts with what was before, which the audit of the configuration shows', async () => {
    const { id } = await define(['tickets.read'], owner, 'Readers');
    await owner.post(`/roles/${id}/change`, { permissions: READING }, ANY).expect(200);
    await owner.post(`/roles/${id}/retire`, {}, ANY).expect(200);
    await desk.caughtUp();
    const { body } = await owner.get('/audit/changes?kind=role&limit=3').expect(200);
    const { data } = body as { data: { type: string; actor: string; changes: object[] }[] };
    expect(data.map(({ type }) => type)).toEqual(['RoleRetired', 'RoleChanged', 'RoleDefined']);
    expect(data[1]?.changes).toEqual([
      { field: 'permissions', from: ['tickets.read'], to: ['customers.read', 'tickets.read'] },
    ]);
  });

  it.each([
    [{ name: '\u200b', permissions: READING }, 422, 'role.name-empty'],
    [{ name: 'x', permissions: ['tickets.fly'] }, 422, 'role.permission-unknown'],
    [{ name: 'x', permissions: ['__proto__'] }, 422, 'role.permission-unknown'],
    [{ name: 'x', permissions: ['manage all'] }, 422, 'role.permission-unknown'],
    [{ name: 'x', permissions: ['tickets.reply'] }, 422, 'role.permission-needs-another'],
    [{ name: 'x', permissions: [] }, 400, 'request.invalid'],
    [{ name: 'x', permissions: [{ action: 'manage', subject: 'all' }] }, 400, 'request.invalid'],
    [{ name: 'x', permissions: READING, conditions: {} }, 400, 'request.invalid'],
  ])('C4 C9 refuse %j', async (body, status, expected) => {
    const answer = await owner.post('/roles', body);
    expect([answer.status, code(answer)]).toEqual([status, expected]);
  });

  it('D9 have names that people can tell apart', async () => {
    await define(READING, owner, 'Night shift');
    await desk.caughtUp();
    const answer = await owner.post('/roles', { name: ' night  SHIFT', permissions: READING });
    expect([answer.status, code(answer)]).toEqual([409, 'role.name-taken']);
  });

  it('are retired only when nobody has them, and then given to nobody', async () => {
    const role = await define(READING);
    await give(aiko, role.id);
    await desk.caughtUp();
    const used = await owner.post(`/roles/${role.id}/retire`, {}, ANY);
    expect([used.status, code(used)]).toEqual([409, 'role.in-use']);
    await give(aiko, 'agent');
    await desk.caughtUp();
    const { body } = await owner.post(`/roles/${role.id}/retire`, {}, ANY).expect(200);
    expect(body).toMatchObject({ retired: true, members: 0 });
    const changed = await owner.post(`/roles/${role.id}/change`, { name: 'Again' }, ANY);
    expect([changed.status, code(changed)]).toEqual([409, 'role.retired']);
  });

  it.each(['owner', 'agent', 'custom:x', 'custom:', newId(), '__proto__'])(
    'of every workspace can not be changed, nor what is none: %s',
    async (id) => {
      const answer = await owner.post(`/roles/${id}/change`, { name: 'x' }, ANY);
      expect([answer.status, code(answer)]).toEqual([404, 'role.not-found']);
    },
  );

  it('A1 of another workspace do not exist', async () => {
    const { id } = await define(READING);
    const answers = [
      await foreign.get(`/roles/${id}`),
      await foreign.post(`/roles/${id}/change`, { name: 'x' }, ANY),
      await foreign.post(`/roles/${id}/retire`, {}, ANY),
    ];
    expect(answers.map((answer) => [answer.status, code(answer)])).toEqual(
      Array.from({ length: 3 }, () => [404, 'role.not-found']),
    );
    expect(JSON.stringify((await foreign.get('/roles').expect(200)).body)).not.toContain(id);
  });
});

describe('a member with a role of the workspace', () => {
  it('C1 may do over HTTP what its permissions say, and nothing else', async () => {
    const role = await define([...READING, 'tickets.reply']);
    await as(agent, role.id);
    const id = await openTicket();
    await agent.get(`/tickets/${id}`).expect(200);
    await agent.get('/customers').expect(200);
    await agent.post(`/tickets/${id}/notes`, { body: 'Psst.' }).expect(200);
    await agent.post(`/tickets/${id}/replies`, { body: 'Hello' }).expect(200);
    const refused = [
      await agent.post(`/tickets/${id}/prioritise`, { priority: 'high' }, ANY),
      await agent.post(`/tickets/${id}/trash`, {}, ANY),
      await agent.get(`/tickets/${id}/ledger`),
      await agent.get('/ledger'),
      await agent.post('/roles', { name: 'x', permissions: READING }),
      await agent.post('/workspace/configure', { name: 'x' }, ANY),
    ];
    expect(refused.map((answer) => [answer.status, code(answer)])).toEqual(refused.map(() => [403, 'auth.forbidden']));
    expect((await agent.get('/me').expect(200)).body).toMatchObject({ member: { role: role.id, roleName: role.name } });
    await as(agent, 'agent');
  });

  it('who only reads has each reading written down, and no text pushed', async () => {
    await as(agent, (await define(READING)).id);
    const id = await openTicket();
    await agent.get(`/tickets/${id}`).expect(200);
    const { body } = await owner.get(`/ledger?type=MessageTextRead&actor=member:${agent.memberId}`).expect(200);
    expect((body as { data: { data: object }[] }).data.map(({ data }) => data)).toEqual([
      { memberId: agent.memberId, through: 'ticket', ticketIds: [id] },
    ]);
    await as(agent, 'agent');
  });

  it('C4 gives nothing that they do not have, takes nothing above them, and does not change their own role', async () => {
    const wide = await define([...READING, 'tickets.reply', 'tickets.trash']);
    const own = await define([...READING, 'tickets.reply', 'roles.manage']);
    await as(agent, own.id);
    await define([...READING, 'tickets.reply'], agent);
    const refused = [
      await agent.post('/roles', { name: 'Mine', permissions: [...READING, 'tickets.trash'] }),
      await agent.post(`/roles/${wide.id}/change`, { permissions: READING }, ANY),
      await agent.post(`/roles/${wide.id}/change`, { name: 'Weak' }, ANY),
      await agent.post(`/roles/${wide.id}/retire`, {}, ANY),
      await agent.post(`/roles/${own.id}/change`, { permissions: READING }, ANY),
      await agent.post(`/roles/${own.id}/retire`, {}, ANY),
    ];
    expect(refused.map((answer) => [answer.status, code(answer)])).toEqual([
      [403, 'role.beyond-own'],
      [403, 'role.beyond-own'],
      [403, 'role.beyond-own'],
      [403, 'role.beyond-own'],
      [403, 'role.oneself'],
      [403, 'role.oneself'],
    ]);
    await as(agent, 'agent');
  });

  it('C4 who looks after members gives them nothing beyond their own, and takes nothing above it', async () => {
    const small = await define(READING);
    const wide = await define([...READING, 'tickets.trash']);
    const retired = await define(READING);
    await owner.post(`/roles/${retired.id}/retire`, {}, ANY).expect(200);
    const { id: elsewhere } = await define(READING, foreign);
    await as(agent, (await define([...READING, 'members.manage'])).id);
    const supervisor = await caller(desk, 'supervisor@demo.test');
    const answers = [
      await giving(agent, aiko, wide.id),
      await giving(agent, aiko, 'supervisor'),
      await giving(agent, aiko, 'owner'),
      await giving(agent, aiko, elsewhere),
      await giving(agent, supervisor, small.id),
      await giving(agent, agent, small.id),
      await giving(owner, aiko, retired.id),
    ];
    expect(answers.map((answer) => [answer.status, code(answer)])).toEqual([
      [403, 'role.beyond-own'],
      [403, 'role.beyond-own'],
      [403, 'auth.forbidden'],
      [404, 'role.not-found'],
      [403, 'role.beyond-own'],
      [403, 'member.oneself'],
      [409, 'role.retired'],
    ]);
    await give(aiko, small.id);
    await giving(agent, aiko, small.id).expect(200);
    await give(aiko, 'agent');
    await as(agent, 'agent');
  });

  it('C4 can never have what is the owner’s alone', async () => {
    const { permissions } = (await owner.get('/roles').expect(200)).body as { permissions: { name: string }[] };
    await as(agent, (await define(permissions.map(({ name }) => name))).id);
    const answer = await agent.post('/ledger/exports', { passphrase: 'three quiet boats at noon' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(code(answer)).toBe('auth.forbidden');
    await as(agent, 'agent');
  });

  it('is confined to their teams’ tickets where the workspace says so, unless the role sees all', async () => {
    const some = await define(READING);
    const all = await define([...READING, 'tickets.read_all']);
    await owner.post('/workspace/configure', { agentsSee: 'own_teams' }, ANY).expect(200);
    const id = await openTicket();
    await as(agent, some.id);
    await eventually(() => agent.get(`/tickets/${id}`).expect(404));
    await as(agent, all.id);
    await eventually(() => agent.get(`/tickets/${id}`).expect(200));
    await owner.post('/workspace/configure', { agentsSee: 'all_tickets' }, ANY).expect(200);
    await as(agent, 'agent');
  });

  it('is reached by a change of the role within five seconds, over HTTP and sockets, on every node', async () => {
    const role = await define([...READING, 'tickets.reply']);
    await as(aiko, role.id);
    const id = await openTicket();
    const { port } = secondNode.getHttpServer().address() as AddressInfo;
    const nodes = [desk.url, `http://127.0.0.1:${String(port)}`];
    const replying = async (node: string): Promise<number> => {
      const headers = { Authorization: `Bearer ${aiko.token}`, 'Content-Type': 'application/json' };
      const body = JSON.stringify({ body: 'Hello' });
      return (await fetch(`${node}/api/v1/tickets/${id}/replies`, { method: 'POST', headers, body })).status;
    };
    const rights = nodes.map(async (node) => {
      const auth = { token: aiko.token };
      const socket = io(`${node}/desk`, { transports: ['websocket'], reconnection: false, forceNew: true, auth });
      open.push(socket);
      await new Promise((resolve) => socket.once('ready', resolve));
      return { told: new Promise((resolve) => socket.once('rights', resolve)) };
    });
    const sockets = await Promise.all(rights);
    for (const node of nodes) expect(await replying(node)).toBe(200);
    const began = performance.now();
    await owner.post(`/roles/${role.id}/change`, { permissions: READING }, ANY).expect(200);
    const refusals = nodes.map((node) =>
      eventually(async () => {
        expect(await replying(node)).toBe(403);
      }),
    );
    await Promise.all([...refusals, ...sockets.map(({ told }) => told)]);
    expect(performance.now() - began).toBeLessThan(PROMISED_MILLISECONDS);
    await as(aiko, 'agent');
  });
});
