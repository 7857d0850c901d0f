import { io, type Socket } from 'socket.io-client';
import { type Caller, caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

const MEMBER = 25;
const TICKET = 3;

let desk: TestDesk;
const open: Socket[] = [];

beforeAll(async () => {
  desk = await startTestDesk(undefined, {
    RATE_LIMITS: 'true',
    RATE_LIMIT_MEMBER: String(MEMBER),
    RATE_LIMIT_TICKET: String(TICKET),
  });
}, 120_000);

afterAll(async () => {
  for (const socket of open) socket.disconnect();
  await desk.close();
});

async function openTicket(member: Caller): Promise<string> {
  const requester = { email: 'ada@example.com', name: 'Ada' };
  const { body } = await member.post('/tickets', { subject: 'Printer', body: 'It burns.', requester }).expect(201);
  return (body as { id: string }).id;
}

async function connected({ token }: Caller): Promise<Socket> {
  const socket = io(`${desk.url}/desk`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { token },
  });
  open.push(socket);
  await new Promise((resolve) => socket.once('ready', resolve));
  return socket;
}

function unwatch(socket: Socket): Promise<object> {
  return new Promise((resolve) => socket.emit('unwatch', { ticketId: 'none' }, resolve));
}

describe('limits of a desk', () => {
  it('F8 a member changes one ticket so often and not more, others and other tickets are not concerned', async () => {
    const agent = await caller(desk, 'agent@demo.test');
    const supervisor = await caller(desk, 'supervisor@demo.test');
    const [first, second] = [await openTicket(agent), await openTicket(agent)];
    const note = (who: Caller, id: string): ReturnType<Caller['post']> =>
      who.post(`/tickets/${id}/notes`, { body: 'Again.' });
    for (let i = 0; i < TICKET; i += 1) await note(agent, first).expect(200);
    const refused = await note(agent, first).expect(429);
    expect(refused.headers['ratelimit-policy']).toContain(`"ticket";q=${String(TICKET)};w=600`);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((refused.body as { code: string }).code).toBe('request.too-many');
    await note(agent, second).expect(200);
    await note(supervisor, first).expect(200);
    await desk.caughtUp();
    await agent.get(`/tickets/${first}`).expect(200);
    await agent.put(`/tickets/${first}/draft`, { reply: 'Dear Ada', note: '' }, { 'If-Match': '*' }).expect(200);
  });

  it('F10 messages over a socket and requests take from one budget, and the socket stays', async () => {
    const light = await caller(desk, 'light@demo.test');
    const socket = await connected(light);
    // The caller has asked who they are.
    for (let i = 1; i < MEMBER; i += 1) expect(await unwatch(socket)).toEqual({ ok: true });
    const sentence = /^You have sent too many requests\. Wait \d+ s and send the request again\.$/;
    expect(await unwatch(socket)).toEqual({
      error: { code: 'realtime.too-many', message: expect.stringMatching(sentence) as string },
    });
    await light.get('/me').expect(429);
    expect(socket.connected).toBe(true);
    const other = await connected(await caller(desk, 'aiko@demo.test'));
    expect(await unwatch(other)).toEqual({ ok: true });
  });
});
