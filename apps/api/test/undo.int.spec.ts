import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

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

interface View {
  readonly id: string;
  readonly version: number;
  readonly status: string;
}

async function openTicket(): Promise<View> {
  const requester = { email: `${newId()}@example.com`, name: 'Ada' };
  const { body } = await agent.post('/tickets', { subject: 'Printer', body: 'It burns.', requester }).expect(201);
  return body as View;
}

async function command(member: Caller, id: string, name: string, body: object = {}): Promise<View> {
  const answer = await member.post(`/tickets/${id}/${name}`, body, { 'If-Match': '*' }).expect(200);
  return answer.body as View;
}

it('takes a change back by events that name it as their cause, also in what lists and the past show', async () => {
  const { id } = await openTicket();
  await command(agent, id, 'assign', { assigneeId: agent.memberId, reason: 'Knows it' });
  const solved = await command(agent, id, 'solve');
  await desk.caughtUp();
  const undone = await agent.post(`/tickets/${id}/undo`, { version: solved.version }).expect(200);
  expect(undone.body).toMatchObject({ status: 'open', assigneeId: agent.memberId, version: solved.version + 1 });
  await desk.caughtUp();
  const { body } = await agent.get(`/tickets/${id}?include=timeline`).expect(200);
  const { timeline, ...view } = body as View & { timeline: { data: { id: string; type: string; cause: string }[] } };
  expect(view).toEqual(undone.body);
  const [revert, cause] = timeline.data;
  expect(revert).toMatchObject({ type: 'StatusReverted', cause: `undo:${String(cause?.id)}` });
  const past = await agent.get(`/tickets/${id}?at=${new Date(Date.now() + 60_000).toISOString()}`).expect(200);
  expect(past.body).toEqual(view);
});

it('K4 is refused with both values when somebody decided otherwise since, and passes by what they left alone', async () => {
  const { id } = await openTicket();
  const first = await command(agent, id, 'prioritise', { priority: 'high' });
  await command(supervisor, id, 'prioritise', { priority: 'urgent' });
  const refused = await agent.post(`/tickets/${id}/undo`, { version: first.version }).expect(409);
  expect(refused.body).toMatchObject({
    code: 'undo.changed-since',
    conflicts: [{ field: 'priority', yours: 'normal', theirs: 'urgent' }],
  });
  const tagged = await command(agent, id, 'tag', { tags: ['vip'] });
  await command(supervisor, id, 'categorise', { category: 'Billing' });
  const passed = await agent.post(`/tickets/${id}/undo`, { version: tagged.version }).expect(200);
  expect(passed.body).toMatchObject({ tags: [], category: 'Billing', priority: 'urgent' });
});

it('brings a text back as it was, and is quiet when that was done already', async () => {
  const { id } = await openTicket();
  const renamed = await command(agent, id, 'rename', { subject: 'Fire' });
  const undone = await agent.post(`/tickets/${id}/undo`, { version: renamed.version }).expect(200);
  expect(undone.body).toMatchObject({ subject: 'Printer', status: 'new' });
  const again = await agent.post(`/tickets/${id}/undo`, { version: renamed.version }).expect(200);
  expect(again.body).toEqual(undone.body);
});

it('K1 of many undos at once one is written', async () => {
  const { id } = await openTicket();
  const held = await command(agent, id, 'hold');
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => agent.post(`/tickets/${id}/undo`, { version: held.version })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await desk.caughtUp();
  const { body } = await agent.get(`/tickets/${id}`).expect(200);
  expect(body).toMatchObject({ status: 'new', version: held.version + 1 });
});

it('is not for those who only read or write notes, and refuses what can not be undone', async () => {
  const { id } = await openTicket();
  await command(agent, id, 'tag', { tags: ['vip'] });
  for (const email of ['auditor@demo.test', 'light@demo.test']) {
    await (await caller(desk, email)).post(`/tickets/${id}/undo`, { version: 1 }).expect(403);
  }
  const opening = await agent.post(`/tickets/${id}/undo`, { version: 0 }).expect(409);
  expect(opening.body).toMatchObject({ code: 'undo.not-possible' });
  const none = await agent.post(`/tickets/${id}/undo`, { version: 99 }).expect(404);
  expect(none.body).toMatchObject({ code: 'undo.no-such-change' });
});
