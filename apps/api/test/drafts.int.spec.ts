import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { EVENT_STORE, type EventStore, KeyRing, streamName } from '@ledgerdesk/event-store';
import { newId } from '@ledgerdesk/kernel';
import { ReadStore } from '@ledgerdesk/read-store';
import { type Caller, caller, eventually, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

let desk: TestDesk;
let agent: Caller;
let supervisor: Caller;

beforeAll(async () => {
  desk = await startTestDesk();
  agent = await caller(desk, 'agent@demo.test');
  supervisor = await caller(desk, 'supervisor@demo.test');
}, 120_000);

afterAll(async () => {
  await desk.close();
});

interface Draft {
  readonly version: number;
  readonly reply: string;
  readonly note: string;
}

async function openTicket(): Promise<string> {
  const requester = { email: `${newId()}@example.com`, name: 'Ada' };
  const { body } = await agent.post('/tickets', { subject: 'Printer', body: 'It burns.', requester }).expect(201);
  return (body as { id: string }).id;
}

const based = (version: number): Record<string, string> => ({ 'If-Match': `"${String(version)}-x"` });

async function save(id: string, texts: object, version: number): Promise<Draft> {
  const written = { reply: '', note: '', ...texts };
  return (await agent.put(`/tickets/${id}/draft`, written, based(version)).expect(200)).body as Draft;
}

async function rows(id: string): Promise<string> {
  const found = await desk.app.get(ReadStore).run(agent.workspaceId, (sql) =>
    sql.rows<{ row: string }>(
      `select d::text as row from draft d where ticket_id = $1
         union all select s::text from scheduled_reply s where ticket_id = $1`,
      [id],
    ),
  );
  return found.map(({ row }) => row).join('\n');
}

describe('a draft', () => {
  it('is kept for its writer and is empty again when it was emptied', async () => {
    const id = await openTicket();
    expect((await agent.get(`/tickets/${id}/draft`).expect(200)).body).toEqual({
      version: 0,
      reply: '',
      note: '',
      seenVersion: null,
    });
    const first = await save(id, { reply: 'We are', seenVersion: 0 }, 0);
    const second = await save(id, { reply: 'We are on it', note: 'ask Jo', seenVersion: 0 }, first.version);
    expect(second.version).toBeGreaterThan(first.version);
    expect((await agent.get(`/tickets/${id}/draft`).expect(200)).body).toEqual(second);
    expect((await supervisor.get(`/tickets/${id}/draft`).expect(200)).body).toMatchObject({ version: 0, reply: '' });
    expect(await save(id, {}, second.version)).toMatchObject({ version: 0 });
    expect(await rows(id)).toBe('');
  });

  it('K4 shows both texts to the second of two tabs, also when it was emptied and begun again', async () => {
    const id = await openTicket();
    await agent.put(`/tickets/${id}/draft`, { reply: 'x', note: '' }).expect(428);
    const first = await save(id, { reply: 'One' }, 0);
    const refused = await agent.put(`/tickets/${id}/draft`, { reply: 'Two', note: '' }, based(0)).expect(412);
    expect(refused.body).toMatchObject({
      code: 'draft.stale',
      conflicts: [{ field: 'reply', yours: 'Two', theirs: 'One' }],
    });
    expect(await save(id, { reply: 'One' }, 0)).toEqual(first);
    await save(id, {}, first.version);
    await save(id, { reply: 'Three' }, 0);
    await agent.put(`/tickets/${id}/draft`, { reply: 'Two', note: '' }, based(first.version)).expect(412);
  });

  it('K4 of two tabs that begin at the same moment one is second', async () => {
    const id = await openTicket();
    const texts = ['One', 'Two', 'Three', 'Four'];
    const answers = await Promise.all(
      texts.map((reply) => agent.put(`/tickets/${id}/draft`, { reply, note: '' }, based(0))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it('goes when its reply is scheduled, and what was only noted stays', async () => {
    const id = await openTicket();
    await save(id, { reply: 'We are on it', note: 'ask Jo' }, 0);
    await agent.post(`/tickets/${id}/scheduled-replies`, { body: 'We are on it' }).expect(201);
    expect((await agent.get(`/tickets/${id}/draft`).expect(200)).body).toMatchObject({ reply: '', note: 'ask Jo' });
  });

  it('keeps both texts when a reply is taken back into it', async () => {
    const id = await openTicket();
    const { body } = await agent.post(`/tickets/${id}/scheduled-replies`, { body: 'First' }).expect(201);
    await save(id, { reply: 'Second' }, 0);
    const reply = body as { id: string };
    await agent.post(`/scheduled-replies/${reply.id}/take-back`, {}, { 'If-Match': '*' }).expect(200);
    expect((await agent.get(`/tickets/${id}/draft`).expect(200)).body).toMatchObject({ reply: 'First\n\nSecond' });
  });

  it('M6 is sealed under the key of the requester, and gone with it', async () => {
    const id = await openTicket();
    const canary = `canary${newId()}`;
    await save(id, { note: canary }, 0);
    const wish = { body: canary, sendAt: new Date(Date.now() + 3_600_000).toISOString() };
    const { body } = await agent.post(`/tickets/${id}/scheduled-replies`, wish).expect(201);
    const stored = await rows(id);
    expect(stored).not.toContain(canary);
    expect(stored.match(/ciphertext/g)).toHaveLength(2);
    const stream = streamName('ticket', agent.workspaceId, id);
    const [opened] = await desk.app.get<EventStore>(EVENT_STORE).read(stream, { max: 1 });
    const { requester } = JSON.parse(present(opened).data) as { requester: { keyId: string } };
    const at = new Date().toISOString();
    await desk.app.get(KeyRing).destroy(agent.workspaceId, {
      keyId: requester.keyId,
      person: `customer:${requester.keyId}`,
      requestedEvent: newId(),
      requestedAt: at,
      destroyedAt: at,
    });
    expect((await agent.get(`/tickets/${id}/draft`).expect(200)).text).not.toContain(canary);
    const address = `/scheduled-replies/${(body as { id: string }).id}`;
    expect((await agent.get(address).expect(200)).body).toMatchObject({ body: null, state: 'scheduled' });
    const again = await agent.put(`/tickets/${id}/draft`, { reply: 'More', note: '' }, { 'If-Match': '*' });
    expect(again.body).toMatchObject({ status: 409, code: 'person.erased' });
  });

  it('D7 D8 is text of a bounded length and nothing else', async () => {
    const id = await openTicket();
    const any = { 'If-Match': '*' };
    await agent.put(`/tickets/${id}/draft`, { reply: 'x'.repeat(65_537), note: '' }, any).expect(400);
    await agent.put(`/tickets/${id}/draft`, { reply: 'a\u0000b', note: '' }, any).expect(400);
    await agent.put(`/tickets/${id}/draft`, { reply: { text: 'x' }, note: '' }, any).expect(400);
    await agent.put(`/tickets/${id}/draft`, { reply: 'x', note: '', memberId: supervisor.memberId }, any).expect(400);
  });
});

describe('a change of what somebody writes', () => {
  const sockets: Socket[] = [];

  afterAll(() => {
    for (const socket of sockets) socket.disconnect();
  });

  async function hearing(member: Caller): Promise<unknown[]> {
    const socket = io(`${desk.url}/desk`, { transports: ['websocket'], auth: { token: member.token }, forceNew: true });
    sockets.push(socket);
    const heard: unknown[] = [];
    socket.on('drafts', (message: unknown) => heard.push(message));
    await new Promise((resolve) => socket.once('ready', resolve));
    return heard;
  }

  it('A12 is told to their other tabs, without text, and to nobody else', async () => {
    const id = await openTicket();
    const foreign = await caller(desk, 'owner@globex.test');
    const [own, other, others] = await Promise.all([hearing(agent), hearing(supervisor), hearing(foreign)]);
    await eventually(async () => {
      await agent.put(`/tickets/${id}/draft`, { reply: newId(), note: '' }, { 'If-Match': '*' }).expect(200);
      expect(own.length).toBeGreaterThan(0);
    });
    expect(own[0]).toEqual({ ticketId: id, what: 'draft', version: expect.any(Number) as number });
    await supervisor.put(`/tickets/${id}/draft`, { reply: 'x', note: '' }, { 'If-Match': '*' }).expect(200);
    await eventually(() => {
      expect(other).toEqual([expect.objectContaining({ ticketId: id, what: 'draft' })]);
    });
    expect(others).toEqual([]);
  });
});
