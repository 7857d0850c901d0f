import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, loseAnswers, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

let desk: TestDesk;
let agent: Caller;
let auditor: Caller;

beforeAll(async () => {
  desk = await startTestDesk();
  agent = await caller(desk, 'agent@demo.test');
  auditor = await caller(desk, 'auditor@demo.test');
}, 120_000);

afterAll(async () => {
  await desk.close();
});

const REQUEST = {
  subject: 'The invoice for October shows the wrong address',
  body: 'Hello, could you please send me a corrected invoice?',
  channel: 'email',
  category: 'Billing',
  tags: ['Invoice', 'vip'],
  customFields: { order_number: 'NW-20417' },
  requester: { email: 'grace@example.com', name: 'Grace Hopper' },
};

interface View {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly number: number;
  readonly links: readonly { readonly ticketId: string; readonly relation: string }[];
}

interface Entry {
  readonly kind: string;
  readonly text: string | null;
  readonly revision: number;
}

async function openTicket(request: object = {}): Promise<View> {
  const { body } = await agent.post('/tickets', { ...REQUEST, ...request }).expect(201);
  return body as View;
}

async function command(id: string, name: string, body: object = {}): Promise<View> {
  const answer = await agent.post(`/tickets/${id}/${name}`, body, { 'If-Match': '*' }).expect(200);
  return answer.body as View;
}

describe('a ticket', () => {
  it('is opened and read back with its conversation', async () => {
    const opened = await agent.post('/tickets', REQUEST).expect(201);
    const view = opened.body as View;
    expect(opened.headers.location).toBe(`/api/v1/tickets/${view.id}`);
    expect(view).toMatchObject({ status: 'new', version: 0, tags: ['invoice', 'vip'], channel: 'email' });
    await desk.caughtUp();
    const read = await agent.get(`/tickets/${view.id}?include=timeline`).expect(200);
    const { timeline, ...rest } = read.body as { timeline: { data: Entry[]; page: object } };
    expect(rest).toEqual(view);
    expect(timeline.data).toMatchObject([{ kind: 'customer_message', text: REQUEST.body }]);
    expect(timeline.page).toEqual({ next: null, hasMore: false });
    const etag = present(read.headers.etag);
    await agent.get(`/tickets/${view.id}?include=timeline`, { 'If-None-Match': etag }).expect(304);
    await agent.get(`/tickets/${view.id}?include=timeline`, { 'If-None-Match': '"0-other"' }).expect(200);
  });

  it('goes through every command', async () => {
    const { id } = await openTicket();
    const { id: other } = await openTicket();
    const { body: team } = await (await caller(desk, 'owner@demo.test')).post('/teams', { name: 'Second line' });
    const teamId = (team as { id: string }).id;
    const steps: [string, object, object][] = [
      ['assign', { assigneeId: agent.memberId, teamId, reason: 'Knows it' }, { assigneeId: agent.memberId, teamId }],
      ['assign', { assigneeId: null }, { assigneeId: null, teamId }],
      ['rename', { subject: 'Invoice' }, { subject: 'Invoice' }],
      ['prioritise', { priority: 'urgent' }, { priority: 'urgent' }],
      ['categorise', { category: 'Billing', subcategory: 'Invoice' }, { subcategory: 'Invoice' }],
      ['tag', { tags: ['late'] }, { tags: ['invoice', 'late', 'vip'] }],
      ['untag', { tags: ['vip'] }, { tags: ['invoice', 'late'] }],
      ['set-field', { field: 'plan', value: 3 }, { customFields: { order_number: 'NW-20417', plan: 3 } }],
      ['set-field', { field: 'plan', value: null }, { customFields: { order_number: 'NW-20417' } }],
      ['link', { ticketId: other, relation: 'related' }, { links: [{ ticketId: other, relation: 'related' }] }],
      ['unlink', { ticketId: other, relation: 'related' }, { links: [] }],
      ['hand-off', { done: 'a', next: 'b', assigneeId: auditor.memberId }, { assigneeId: auditor.memberId }],
      ['pend', { until: '2030-01-01T00:00:00+01:00' }, { status: 'pending', pendingUntil: '2029-12-31T23:00:00.000Z' }],
      ['hold', {}, { status: 'on_hold', pendingUntil: null }],
      ['reopen', {}, { status: 'open' }],
      ['spam', {}, { status: 'spam' }],
      ['restore', {}, { status: 'open' }],
      ['trash', {}, { status: 'trashed' }],
      ['restore', {}, { status: 'open' }],
      ['solve', {}, { status: 'solved' }],
      ['close', {}, { status: 'closed' }],
    ];
    for (const [name, body, expected] of steps) {
      expect({ name, ...(await command(id, name, body)) }).toMatchObject({ name, ...expected });
    }
    const refused = await agent.post(`/tickets/${id}/solve`, {}, { 'If-Match': '*' });
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'ticket.closed']);
  });

  it('takes replies and notes, and holds a reply back that has not seen the newest message', async () => {
    const { id } = await openTicket();
    const replied = await agent.post(`/tickets/${id}/replies`, {
      body: 'On its way.',
      thenStatus: 'pending',
      seenVersion: 0,
    });
    expect(replied.body).toMatchObject({ status: 'pending', messageCount: 2, waitingSince: null });
    await agent.post(`/tickets/${id}/messages`, { body: 'Still waiting', channel: 'email' }).expect(200);
    const held = await agent.post(`/tickets/${id}/replies`, { body: 'Anything else?', seenVersion: 2 });
    expect([held.status, (held.body as { code: string }).code]).toEqual([409, 'ticket.new-message']);
    const sent = await agent.post(`/tickets/${id}/replies`, { body: 'Sorry!', thenStatus: 'solved', seenVersion: 4 });
    expect(sent.body).toMatchObject({ status: 'solved' });
    const reopened = await agent.post(`/tickets/${id}/messages`, { body: 'Thanks, but no' }).expect(200);
    expect(reopened.body).toMatchObject({ id, status: 'open' });
  });

  it('answers a message to a closed ticket with a linked follow-up, once', async () => {
    const { id } = await openTicket();
    await command(id, 'solve');
    await command(id, 'close');
    const key = { 'Idempotency-Key': newId() };
    const { body } = await agent.post(`/tickets/${id}/messages`, { body: 'One more thing' }, key).expect(200);
    const followUp = body as View & { requester: object };
    expect(followUp).toMatchObject({
      status: 'new',
      subject: REQUEST.subject,
      requester: { name: 'Grace Hopper', address: 'grace@example.com' },
      links: [{ ticketId: id, relation: 'follow_up_of' }],
    });
    await loseAnswers(desk, agent.workspaceId);
    const again = await agent.post(`/tickets/${id}/messages`, { body: 'One more thing' }, key).expect(200);
    expect((again.body as View).number).toBe(followUp.number);
  });

  it('pages through its timeline without a gap', async () => {
    const { id } = await openTicket();
    for (let index = 0; index < 7; index += 1) await agent.post(`/tickets/${id}/messages`, { body: String(index) });
    await desk.caughtUp();
    const seen: number[] = [];
    let after = '';
    do {
      const answer = await agent.get(`/tickets/${id}/timeline?limit=3${after && `&after=${after}`}`).expect(200);
      const { data, page } = answer.body as { data: Entry[]; page: { next: string | null } };
      seen.push(...data.map(({ revision }) => revision));
      after = page.next ?? '';
      expect('link' in answer.headers).toBe(after !== '');
    } while (after !== '');
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
  });
});

describe('time travel', () => {
  it('at the newest moment a ticket is what it is now, and before it was opened there is none', async () => {
    const { id } = await openTicket();
    const positions: string[] = [];
    const views: object[] = [];
    for (const priority of ['low', 'high', 'urgent']) {
      const answer = await agent.post(`/tickets/${id}/prioritise`, { priority }, { 'If-Match': '*' }).expect(200);
      positions.push(present(answer.headers['ledger-position']));
      views.push(answer.body as object);
    }
    await desk.caughtUp();
    const live = await agent.get(`/tickets/${id}?include=timeline`).expect(200);
    for (const at of [positions[2] ?? '', '2099-01-01T00:00:00Z']) {
      const then = await agent.get(`/tickets/${id}?include=timeline&at=${at}`).expect(200);
      expect(then.body).toEqual(live.body);
      expect((await agent.get(`/tickets/${id}/timeline?at=${at}`)).body).toEqual(
        (await agent.get(`/tickets/${id}/timeline`)).body,
      );
    }
    for (const [index, position] of positions.entries()) {
      const then = await agent.get(`/tickets/${id}?at=${position}`).expect(200);
      expect(then.body).toEqual(views[index]);
    }
    await agent.get(`/tickets/${id}?at=2001-01-01T00:00:00Z`).expect(404);
    for (const at of ['yesterday', '2026-02-30', '0', '2026-13-01T00:00:00Z', 'a'.repeat(64)]) {
      await agent.get(`/tickets/${id}?at=${at}`).expect(400);
    }
  });
});

describe('lists', () => {
  it('know every view, filter, order and page', async () => {
    const tag = `t${newId().slice(-12)}`;
    const ids: string[] = [];
    for (const priority of ['low', 'urgent', 'normal']) ids.push((await openTicket({ tags: [tag], priority })).id);
    await command(ids[0] ?? '', 'assign', { assigneeId: agent.memberId });
    await command(ids[2] ?? '', 'solve');
    await desk.caughtUp();
    const list = async (query: string): Promise<number[]> => {
      const answer = await agent.get(`/tickets?${query}`).expect(200);
      return (answer.body as { data: View[] }).data.map(({ id }) => ids.indexOf(id)).filter((index) => index >= 0);
    };
    expect(await list(`tag=${tag}`)).toEqual([2, 0, 1]);
    expect(await list(`tag=${tag}&sort=opened`)).toEqual([2, 1, 0]);
    expect(await list(`tag=${tag}&sort=priority`)).toEqual([1, 2, 0]);
    expect(await list('view=mine')).toEqual([0]);
    expect(await list(`view=mine&tag=${tag}`)).toEqual([0]);
    expect(await list('view=unassigned')).toEqual([1]);
    expect(await list('view=solved')).toEqual([2]);
    expect(await list('assignee=me')).toEqual([0]);
    expect(await list(`assignee=${agent.memberId}&status=open`)).toEqual([0]);
    expect(await list('priority=urgent&assignee=none')).toEqual([1]);
    expect(await list(`q=${encodeURIComponent(`tag:${tag} assignee:maya`)}`)).toEqual([0]);
    expect(await list(`q=${encodeURIComponent(`tag:${tag} -status:solved`)}&sort=priority`)).toEqual([1, 0]);
    for (const base of [`tag=${tag}`, 'sort=priority', 'sort=opened', 'view=all_open']) {
      const whole = await agent.get(`/tickets?${base}`).expect(200);
      const all = (whole.body as { data: View[] }).data.map(({ id }) => id);
      const paged: string[] = [];
      let after = '';
      do {
        const answer = await agent.get(`/tickets?${base}&limit=2${after && `&after=${after}`}`).expect(200);
        const { data, page } = answer.body as { data: View[]; page: { next: string | null } };
        paged.push(...data.map(({ id }) => id));
        after = page.next ?? '';
      } while (after !== '' && paged.length < all.length);
      expect([base, paged]).toEqual([base, all]);
    }
  });

  it('count what they hold', async () => {
    const count = async (): Promise<Record<string, { count: number }>> => {
      await desk.caughtUp();
      return ((await agent.get('/tickets/counts').expect(200)).body as { views: Record<string, { count: number }> })
        .views;
    };
    const before = await count();
    await openTicket();
    const after = await count();
    expect(present(after.unassigned).count).toBe(present(before.unassigned).count + 1);
    expect(after.solved).toEqual(before.solved);
  });
});
