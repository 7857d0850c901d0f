import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { IssuedBy } from '@ledgerdesk/event-store';
import { newId, type Role, ROLES } from '@ledgerdesk/kernel';
import { Log } from '@ledgerdesk/logging';
import { ReadStore } from '@ledgerdesk/read-store';
import {
  accessTable,
  type Caller,
  caller,
  eventually,
  present,
  startTestDesk,
  type TestDesk,
} from '@ledgerdesk/testing';
import { releaseScheduledReply } from '@ledgerdesk/tickets';
import { ChangeMemberRole, memberDecider } from '@ledgerdesk/workspaces';
import { WorkerModule } from './worker.module.js';

const TABLE = accessTable('Jobs that act for somebody');

let desk: TestDesk;
let agent: Caller;
let supervisor: Caller;
let owner: Caller;
let worker: INestApplicationContext;

beforeAll(async () => {
  desk = await startTestDesk();
  [agent, supervisor, owner] = await Promise.all([
    caller(desk, 'agent@demo.test'),
    caller(desk, 'supervisor@demo.test'),
    caller(desk, 'owner@demo.test'),
  ]);
  const log = new Log({ level: 'silent', process: 'worker' });
  worker = await NestFactory.createApplicationContext(
    WorkerModule.with(desk.app.get<Configuration>(CONFIGURATION), log),
    { logger: false },
  );
}, 120_000);

afterAll(async () => {
  await worker.close();
  await desk.close();
});

interface Reply {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly body: string | null;
  readonly sendAt: string;
  readonly reason: string | null;
}

interface Entry {
  readonly type: string;
  readonly text: string | null;
  readonly actor: string;
  readonly cause: string;
}

const SOON = (): string => new Date(Date.now() + 1_500).toISOString();
const LATER = (): string => new Date(Date.now() + 3_600_000).toISOString();

async function openTicket(): Promise<string> {
  const requester = { email: `${newId()}@example.com`, name: 'Ada' };
  const { body } = await agent.post('/tickets', { subject: 'Printer', body: 'It burns.', requester }).expect(201);
  return (body as { id: string }).id;
}

async function schedule(ticketId: string, more: object = {}, author = agent): Promise<Reply> {
  const wish = { body: 'It is out.', sendAt: LATER(), ...more };
  return (await author.post(`/tickets/${ticketId}/scheduled-replies`, wish).expect(201)).body as Reply;
}

async function waiting(ticketId: string, author = agent): Promise<readonly Reply[]> {
  const { body } = await author.get(`/tickets/${ticketId}/scheduled-replies`).expect(200);
  return (body as { data: Reply[] }).data;
}

async function story(ticketId: string): Promise<readonly Entry[]> {
  await desk.caughtUp();
  const { body } = await agent.get(`/tickets/${ticketId}/timeline`).expect(200);
  return (body as { data: Entry[] }).data;
}

async function replies(ticketId: string): Promise<readonly Entry[]> {
  return (await story(ticketId)).filter(({ type }) => type === 'PublicReplySent');
}

async function stateOf(ticketId: string, author = agent): Promise<Reply | undefined> {
  return (await waiting(ticketId, author)).at(0);
}

async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  return eventually(async () => {
    const value = await read();
    expect(holds(value)).toBe(true);
    return value;
  });
}

/** As a worker would, with the timer that the reply has now. */
async function release(replyId: string): Promise<void> {
  const store = desk.app.get(ReadStore);
  const [row] = await store.run(agent.workspaceId, (sql) =>
    sql.rows<{ timerId: string }>('select timer_id as "timerId" from scheduled_reply where reply_id = $1', [replyId]),
  );
  const eventId = present(row).timerId;
  const { workspaceId } = agent;
  const effect = { reaction: '', eventId, workspaceId, stream: '', revision: 0, subject: replyId, due: new Date() };
  const issued = { workspaceId, actor: 'system:x', commandId: newId(), correlationId: 'x' } as const;
  const issue = (command: object): Promise<void> => worker.get(CommandBus).execute(command, new IssuedBy(issued));
  await releaseScheduledReply.perform({ ...effect, outwardId: '', correlationId: '', attempt: 1 }, { issue });
}

async function change(sql: string, values: readonly unknown[]): Promise<void> {
  await desk.app.get(ReadStore).run(agent.workspaceId, (store) => store.rows(sql, values));
}

describe('a scheduled reply', () => {
  it('is no event until its time has come; then it is sent in the name of its author, with the solving', async () => {
    const id = await openTicket();
    const reply = await schedule(id, { sendAt: SOON(), thenStatus: 'solved' });
    expect(reply).toMatchObject({ state: 'scheduled', body: 'It is out.', reason: null });
    expect(await replies(id)).toEqual([]);
    const [sent] = await until(
      () => replies(id),
      (entries) => entries.length > 0,
    );
    expect(sent).toMatchObject({
      text: 'It is out.',
      actor: `member:${agent.memberId}`,
      cause: 'job:release-scheduled-reply',
    });
    expect(await story(id)).toContainEqual(expect.objectContaining({ type: 'TicketSolved' }));
    await until(
      () => waiting(id),
      (left) => left.length === 0,
    );
    const { body } = await agent.get(`/scheduled-replies/${reply.id}`).expect(200);
    expect(body).toMatchObject({ state: 'sent', body: null });
    const late = await agent.post(`/scheduled-replies/${reply.id}/take-back`, {}, { 'If-Match': '*' }).expect(409);
    expect(late.body).toMatchObject({ code: 'scheduled-reply.sent' });
  });

  it('waits as long as the workspace lets replies be taken back, and goes back into the draft when it is', async () => {
    const id = await openTicket();
    const { sendAt, ...reply } = await schedule(id, { sendAt: undefined });
    expect(Date.parse(sendAt) - Date.now()).toBeGreaterThan(7_000);
    expect(Date.parse(sendAt) - Date.now()).toBeLessThan(11_000);
    await agent.post(`/scheduled-replies/${reply.id}/take-back`, {}).expect(428);
    const { body } = await agent.post(`/scheduled-replies/${reply.id}/take-back`, {}, { 'If-Match': '*' }).expect(200);
    expect(body).toMatchObject({ reply: 'It is out.', note: '' });
    expect(await waiting(id)).toEqual([]);
    await agent.get(`/scheduled-replies/${reply.id}`).expect(404);
    expect((await agent.get(`/tickets/${id}/draft`).expect(200)).body).toEqual(body);
  });

  it('K12 is sent once, however often and by however many it is released', async () => {
    const id = await openTicket();
    const reply = await schedule(id);
    await Promise.all([release(reply.id), release(reply.id), release(reply.id)]);
    await release(reply.id);
    expect(await replies(id)).toHaveLength(1);
  });

  it('L2 is sent once when the worker dies before the append, and when it dies before it can say so', async () => {
    const id = await openTicket();
    const reply = await schedule(id);
    await change(`update scheduled_reply set state = 'sending' where reply_id = $1`, [reply.id]);
    const back = await agent.post(`/scheduled-replies/${reply.id}/take-back`, {}, { 'If-Match': '*' });
    const edited = await agent.patch(`/scheduled-replies/${reply.id}`, { body: 'Other' }, { 'If-Match': '*' });
    for (const { body } of [back, edited]) expect(body).toMatchObject({ status: 409, code: 'scheduled-reply.sending' });
    await release(reply.id);
    expect(await replies(id)).toHaveLength(1);
    await change(`update scheduled_reply set state = 'sending' where reply_id = $1`, [reply.id]);
    await agent.post(`/tickets/${id}/messages`, { body: 'Thank you!' }).expect(200);
    await release(reply.id);
    expect(await replies(id)).toHaveLength(1);
    expect((await agent.get(`/scheduled-replies/${reply.id}`).expect(200)).body).toMatchObject({ state: 'sent' });
  });

  it('is held when a message arrives after it was written, and goes once its author has seen that', async () => {
    const id = await openTicket();
    const reply = await schedule(id);
    const { body: arrived } = await supervisor.post(`/tickets/${id}/messages`, { body: 'Wait!' }).expect(200);
    await release(reply.id);
    expect(await replies(id)).toEqual([]);
    const held = present(await stateOf(id));
    expect(held).toMatchObject({ state: 'held', reason: 'ticket.new-message', body: 'It is out.' });
    const { version } = arrived as { version: number };
    const again = await agent
      .post(
        `/scheduled-replies/${reply.id}/send`,
        { seenVersion: version },
        { 'If-Match': `"${String(held.version)}-x"` },
      )
      .expect(200);
    expect(again.body).toMatchObject({ state: 'scheduled' });
    await until(
      () => replies(id),
      (entries) => entries.length === 1,
    );
  });

  it('is not held by what its author has sent meanwhile, even at the same moment', async () => {
    const id = await openTicket();
    const all = [await schedule(id, { body: 'One' }), await schedule(id, { body: 'Two' })];
    await agent.post(`/tickets/${id}/replies`, { body: 'At once' }).expect(200);
    await Promise.all(all.map((reply) => release(reply.id)));
    expect((await replies(id)).map(({ text }) => text).sort()).toEqual(['At once', 'One', 'Two']);
  });

  it.each([
    ['trash', 'ticket.trashed', ['trash']],
    ['spam', 'ticket.spam', ['spam']],
    ['closed', 'ticket.closed', ['solve', 'close']],
  ])('comes back to its author when the ticket went to %s meanwhile', async (_, code, commands) => {
    const id = await openTicket();
    const reply = await schedule(id);
    for (const command of commands) {
      await agent.post(`/tickets/${id}/${command}`, {}, { 'If-Match': '*' }).expect(200);
    }
    await release(reply.id);
    expect(await stateOf(id)).toMatchObject({ state: 'failed', reason: code, body: 'It is out.' });
    expect(await replies(id)).toEqual([]);
  });

  it.each(ROLES)('C1 C11 acts within what its author may do at that time, here as %s', async (role) => {
    const author = await caller(desk, 'aiko@demo.test');
    const id = await openTicket();
    const reply = await schedule(id, {}, author);
    await changeRole(author, role);
    await release(reply.id);
    await changeRole(author, 'agent');
    const may = TABLE.get('release-scheduled-reply')?.[role] === 'yes';
    const came = await stateOf(id, author);
    if (may) expect(came).toBeUndefined();
    else expect(came).toMatchObject({ state: 'failed', reason: 'auth.forbidden' });
    expect(await replies(id)).toHaveLength(may ? 1 : 0);
  });

  it('C3 C11 comes back when the ticket has left the sight of its author, who can still take it back', async () => {
    const author = await caller(desk, 'samir@demo.test');
    const id = await openTicket();
    const [reply, other] = [await schedule(id, {}, author), await schedule(id, { body: 'Two' }, author)];
    const see = (agentsSee: string): unknown =>
      owner.post('/workspace/configure', { agentsSee }, { 'If-Match': '*' }).expect(200);
    await see('own_teams');
    await release(reply.id);
    await eventually(() => author.get(`/tickets/${id}`).expect(404));
    const { body } = await author.get(`/scheduled-replies/${reply.id}`).expect(200);
    expect(body).toMatchObject({ state: 'failed', reason: 'ticket.not-found', body: 'It is out.' });
    await author.post(`/scheduled-replies/${other.id}/send`, {}, { 'If-Match': '*' }).expect(404);
    await author.post(`/scheduled-replies/${other.id}/take-back`, {}, { 'If-Match': '*' }).expect(200);
    await see('all_tickets');
    expect(await replies(id)).toEqual([]);
  });

  it('is changed with the version that was seen, and both values are shown to whoever was second', async () => {
    const id = await openTicket();
    const reply = await schedule(id);
    const etag = `"${String(reply.version)}-x"`;
    const address = `/scheduled-replies/${reply.id}`;
    const { body: first } = await agent.patch(address, { body: 'First' }, { 'If-Match': etag }).expect(200);
    expect(first).toMatchObject({ body: 'First', sendAt: reply.sendAt });
    const second = await agent.patch(address, { body: 'Second' }, { 'If-Match': etag }).expect(412);
    expect(second.body).toMatchObject({
      code: 'scheduled-reply.stale',
      conflicts: [{ field: 'body', yours: 'Second', theirs: 'First' }],
    });
    await release(reply.id);
    expect((await replies(id)).map(({ text }) => text)).toEqual(['First']);
  });

  it('goes by its newest timer only', async () => {
    const id = await openTicket();
    const reply = await schedule(id, { sendAt: SOON() });
    await agent.patch(`/scheduled-replies/${reply.id}`, { sendAt: LATER() }, { 'If-Match': '*' }).expect(200);
    const control = await openTicket();
    await schedule(control, { sendAt: SOON() });
    await until(
      () => replies(control),
      (entries) => entries.length === 1,
    );
    expect(await replies(id)).toEqual([]);
    expect(await stateOf(id)).toMatchObject({ state: 'scheduled' });
  });

  it('K1 is scheduled once for one key, and refused for a time that is past or too far', async () => {
    const id = await openTicket();
    const wish = { body: 'Once', sendAt: LATER() };
    const key = { 'Idempotency-Key': newId() };
    const address = `/tickets/${id}/scheduled-replies`;
    await agent.post(address, wish, key).expect(201);
    await agent.post(address, wish, key).expect(201);
    expect(await waiting(id)).toHaveLength(1);
    const past = await agent.post(address, { body: 'x', sendAt: '2020-01-01T00:00:00Z' }).expect(422);
    expect(past.body).toMatchObject({ code: 'scheduled-reply.send-at-past' });
    const far = await agent.post(address, { body: 'x', sendAt: '2099-01-01T00:00:00Z' }).expect(422);
    expect(far.body).toMatchObject({ code: 'scheduled-reply.send-at-too-far' });
  });

  it('is one of ten in a ticket at most, also when many are scheduled at once', async () => {
    const id = await openTicket();
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => agent.post(`/tickets/${id}/scheduled-replies`, { body: 'x', sendAt: LATER() })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(await waiting(id)).toHaveLength(10);
    const refused = answers.find(({ status }) => status !== 201);
    expect(refused?.body).toMatchObject({ status: 409, code: 'scheduled-reply.too-many' });
  });

  it('A4 is nobody else’s, in the same workspace or another', async () => {
    const id = await openTicket();
    const reply = await schedule(id);
    expect(await waiting(id, supervisor)).toEqual([]);
    const foreign = await caller(desk, 'owner@globex.test');
    await foreign.get(`/tickets/${id}/scheduled-replies`).expect(404);
    await foreign.get(`/tickets/${id}/draft`).expect(404);
    for (const other of [supervisor, owner, foreign]) {
      const address = `/scheduled-replies/${reply.id}`;
      await other.get(address).expect(404);
      await other.patch(address, { body: 'Mine now' }, { 'If-Match': '*' }).expect(404);
      await other.post(`${address}/send`, {}, { 'If-Match': '*' }).expect(404);
      await other.post(`${address}/take-back`, {}, { 'If-Match': '*' }).expect(404);
      expect((await other.get('/scheduled-replies').expect(200)).text).not.toContain(reply.id);
    }
    expect(await waiting(id)).toHaveLength(1);
  });

  it('C7 is not for those who only read or write notes', async () => {
    const id = await openTicket();
    for (const email of ['auditor@demo.test', 'light@demo.test']) {
      const other = await caller(desk, email);
      await other.post(`/tickets/${id}/scheduled-replies`, { body: 'x' }).expect(403);
      await other.get('/scheduled-replies').expect(403);
    }
  });
});

async function changeRole(member: Caller, role: Role): Promise<void> {
  await desk.runner.run(memberDecider, new ChangeMemberRole(member.memberId, role), {
    workspaceId: member.workspaceId,
    actor: `member:${owner.memberId}`,
    commandId: newId(),
    correlationId: 'x',
  });
}
