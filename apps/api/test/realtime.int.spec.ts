import type { Socket as NetSocket } from 'node:net';
import { Client } from 'pg';
import { io, type Socket } from 'socket.io-client';
import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, eventually, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

let desk: TestDesk;
let agent: Caller;
let globex: Caller;
const open: Socket[] = [];

beforeAll(async () => {
  desk = await startTestDesk();
  agent = await caller(desk, 'agent@demo.test');
  globex = await caller(desk, 'owner@globex.test');
}, 120_000);

afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

afterAll(async () => {
  await desk.close();
});

/** Together more than the system and the desk keep for a connection that nobody reads from. */
const LONG_NOTES = 110;

interface Options {
  readonly auth?: object;
  readonly query?: Record<string, string>;
  readonly extraHeaders?: Record<string, string>;
}

function socketOf(options: Options): Socket {
  const socket = io(`${desk.url}/desk`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...options,
  });
  open.push(socket);
  return socket;
}

/** The next message of a name; fails by the test's own deadline. */
function next<Content>(socket: Socket, message: string): Promise<Content> {
  return new Promise((resolve) => socket.once(message, resolve));
}

async function connected(member: Caller): Promise<{ socket: Socket; position: string }> {
  const socket = socketOf({ auth: { token: member.token } });
  const { position } = await next<{ position: string }>(socket, 'ready');
  return { socket, position };
}

function ask(socket: Socket, message: string, content: unknown): Promise<Record<string, unknown>> {
  return new Promise((resolve) => socket.emit(message, content, resolve));
}

async function openTicket(member: Caller, subject = 'Printer'): Promise<{ id: string; etag: string }> {
  const { body, headers } = await member
    .post('/tickets', { subject, body: 'It burns.', requester: { email: 'ada@example.com', name: 'Ada' } })
    .expect(201);
  await desk.caughtUp();
  return { id: (body as { id: string }).id, etag: present(headers.etag) };
}

describe('signing in to live updates', () => {
  it.each([
    ['no token', {}],
    ['a wrong token', { auth: { token: 'nonsense' } }],
    ['a token that is no text', { auth: { token: { $ne: '' } } }],
  ])('J1 refuses %s', async (_, options) => {
    const error = await next<Error>(socketOf(options), 'connect_error');
    expect(error.message).toBe('unauthorized');
  });

  it('J1 refuses a valid token in the query, even beside one in the handshake', async () => {
    const { token } = agent;
    const error = await next<Error>(socketOf({ query: { token }, auth: { token } }), 'connect_error');
    expect(error.message).toBe('unauthorized');
  });

  it('J7 refuses a page of another origin, and takes its own', async () => {
    const auth = { token: agent.token };
    const foreign = socketOf({ auth, extraHeaders: { Origin: 'https://evil.example' } });
    expect(await next<Error>(foreign, 'connect_error')).toBeInstanceOf(Error);
    const own = socketOf({ auth, extraHeaders: { Origin: desk.url } });
    expect(await next(own, 'ready')).toEqual({ position: expect.stringMatching(/^[0-9a-z]+$/) as string });
  });

  it('offers nothing outside of /desk', async () => {
    const socket = io(desk.url, { transports: ['websocket'], reconnection: false, auth: { token: agent.token } });
    open.push(socket);
    expect((await next<Error>(socket, 'connect_error')).message).toBe('unauthorized');
  });
});

describe('pushes', () => {
  it('J5 show what the same member reads by HTTP, and the new entry to those who watch', async () => {
    const ticket = await openTicket(agent);
    const { socket } = await connected(agent);
    expect(await ask(socket, 'watch', { ticketId: ticket.id })).toEqual({ ok: true, version: 0 });
    const change = next<{ patch: object; version: number }>(socket, 'change');
    const entry = next<{ entry: object }>(socket, 'entry');
    await agent.post(`/tickets/${ticket.id}/notes`, { body: 'Asked the fire brigade.' }).expect(200);
    await desk.caughtUp();
    const { body } = await agent.get(`/tickets/${ticket.id}?include=timeline`).expect(200);
    const { timeline, ...view } = body as { timeline: { data: object[] } };
    const { patch, version } = await change;
    expect(version).toBe(1);
    expect(patch).toMatchObject({ noteCount: 1, version: 1 });
    expect(view).toEqual({ ...view, ...patch, version: 2, status: 'open', updatedAt: expect.any(String) as string });
    expect(timeline.data.at(1)).toEqual((await entry).entry);
  });

  it('say from which version on they come, also while the read model is behind', async () => {
    const ticket = await openTicket(agent, 'Behind');
    const { socket } = await connected(agent);
    const holder = new Client({ connectionString: desk.database.adminUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from inbox where id = $1 for update', [ticket.id]);
    await agent.post(`/tickets/${ticket.id}/prioritise`, { priority: 'high' }, { 'If-Match': ticket.etag }).expect(200);
    const answer = await ask(socket, 'watch', { ticketId: ticket.id });
    await holder.end();
    // The first change of priority also opens the ticket.
    expect(answer).toEqual({ ok: true, version: 2 });
    await desk.caughtUp();
  });

  it('J8 cut off who reads nothing, before that fills the memory, and go on for everybody else', async () => {
    const ticket = await openTicket(agent);
    const [deaf, other] = [await connected(agent), await connected(agent)];
    for (const { socket } of [deaf, other]) await ask(socket, 'watch', { ticketId: ticket.id });
    let heard = 0;
    other.socket.on('entry', () => {
      heard += 1;
    });
    const gone = next(deaf.socket, 'disconnect');
    const wire = (deaf.socket.io.engine.transport as unknown as { ws: { _socket: NetSocket } }).ws._socket;
    wire.pause();
    const body = 'Nobody reads this. '.repeat(3_300);
    for (let note = 0; note < LONG_NOTES; note += 1)
      await agent.post(`/tickets/${ticket.id}/notes`, { body }).expect(200);
    await eventually(() => {
      // The first note also opens the ticket.
      expect(heard).toBe(LONG_NOTES + 1);
      return Promise.resolve();
    });
    wire.resume();
    await gone;
    expect(other.socket.connected).toBe(true);
  });

  it('leave the preview of messages out for auditors', async () => {
    const auditor = await caller(desk, 'auditor@demo.test');
    const { socket } = await connected(auditor);
    const change = next<{ patch: object }>(socket, 'change');
    await openTicket(agent, 'Secret printer');
    expect((await change).patch).toMatchObject({ subject: 'Secret printer' });
    expect((await change).patch).not.toHaveProperty('preview');
  });

  it('give an auditor who watches a ticket its new texts, which is a fact before the first of them', async () => {
    const auditor = await caller(desk, 'auditor@demo.test');
    const ticket = await openTicket(agent);
    const { socket } = await connected(auditor);
    expect(await ask(socket, 'watch', { ticketId: ticket.id })).toMatchObject({ ok: true });
    const { body } = await auditor.get(`/ledger?type=MessageTextRead&actor=member:${auditor.memberId}`).expect(200);
    const readings = (body as { data: { data: object }[] }).data.map(({ data }) => data);
    expect(readings).toEqual([{ memberId: auditor.memberId, through: 'ticket', ticketIds: [ticket.id] }]);
  });

  it('A12 never reach another workspace, whatever room is asked for', async () => {
    const canary = `canary-${newId()}`;
    const ticket = await openTicket(agent, canary);
    const { socket: foreign } = await connected(globex);
    const frames: string[] = [];
    foreign.onAny((...message: unknown[]) => frames.push(JSON.stringify(message)));
    const unknown = await ask(foreign, 'watch', { ticketId: newId() });
    for (const ticketId of [ticket.id, '*', '__proto__', `watching ticket-${agent.workspaceId}`, {}, null]) {
      expect(await ask(foreign, 'watch', { ticketId })).toEqual(unknown);
    }
    expect(unknown).toEqual({ error: { code: 'ticket.not-found', message: 'There is no such ticket.' } });
    const { socket: own } = await connected(agent);
    const seen = new Promise<void>((resolve) => {
      let changes = 0;
      own.on('change', () => {
        changes += 1;
        if (changes === 20) resolve();
      });
    });
    for (let index = 0; index < 20; index += 1) {
      await agent.post(`/tickets/${ticket.id}/messages`, { body: `${canary} ${String(index)}` }).expect(200);
    }
    await seen;
    expect(frames.join()).not.toContain(canary);
    expect(frames).toEqual([]);
  });
});

describe('after an absence', () => {
  it('J8 the changes since the last position arrive, and nothing is lost', async () => {
    const { socket, position } = await connected(agent);
    socket.disconnect();
    const one = await openTicket(agent, 'While you were away');
    await agent.post(`/tickets/${one.id}/tag`, { tags: ['later'] }, { 'If-Match': one.etag }).expect(200);
    const two = await openTicket(agent, 'Another one');
    const { socket: back } = await connected(agent);
    const missed = await ask(back, 'resume', { position });
    const changes = missed.changes as { stream: string; patch: { tags: string[] } }[];
    expect(changes.map(({ stream }) => stream)).toEqual([`ticket-${one.id}`, `ticket-${two.id}`]);
    expect(changes[0]?.patch.tags).toEqual(['later']);
    expect(await ask(back, 'resume', { position: missed.position })).toEqual({
      ok: true,
      position: missed.position,
      changes: [],
    });
  });

  it('a position of another workspace, or none at all, asks for a resync and tells nothing', async () => {
    const { position } = await connected(agent);
    const { socket } = await connected(globex);
    for (const wrong of [position, 'zzz', 7, undefined]) {
      const answer = await ask(socket, 'resume', { position: wrong });
      expect(answer).toEqual({ ok: true, resync: true, position: expect.any(String) as string });
    }
  });
});

describe('hostile messages', () => {
  it('J2 get one generic refusal, and the tenth cuts the socket', async () => {
    const { socket } = await connected(agent);
    const cut = next<string>(socket, 'disconnect');
    const hostile: [string, unknown][] = [
      ['base', {}],
      ['constructor', {}],
      ['__proto__', {}],
      ['watch', 'text'],
      ['watch', [1]],
      ['watch', null],
      ['nothing', {}],
      ['toString', {}],
      ['watching', {}],
    ];
    for (const [message, content] of hostile) {
      expect(await ask(socket, message, content)).toEqual({
        error: { code: 'realtime.refused', message: 'This message is not understood.' },
      });
    }
    socket.emit('base', {});
    expect(await cut).toBe('io server disconnect');
  });

  it('J6 a flood is slowed down, then cut', async () => {
    const { socket } = await connected(agent);
    const cut = next<string>(socket, 'disconnect');
    for (let index = 0; index < 100; index += 1) socket.emit('unwatch', { ticketId: 'x' }, () => undefined);
    expect(await cut).toBe('io server disconnect');
  });

  it('J6 a message of 2 MB ends the connection', async () => {
    const { socket } = await connected(agent);
    const cut = next<string>(socket, 'disconnect');
    socket.emit('watch', { ticketId: 'x'.repeat(2_000_000) }, () => undefined);
    expect(await cut).toBe('transport close');
  });
});
