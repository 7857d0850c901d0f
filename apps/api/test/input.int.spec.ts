import { Client } from 'pg';
import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

let desk: TestDesk;
let agent: Caller;
let ticketId: string;

const REQUEST = { subject: 'Printer', body: 'It burns.', requester: { email: 'ada@example.com', name: 'Ada' } };

beforeAll(async () => {
  desk = await startTestDesk();
  agent = await caller(desk, 'owner@demo.test');
  const { body } = await agent.post('/tickets', REQUEST).expect(201);
  ticketId = (body as { id: string }).id;
  await desk.caughtUp();
}, 120_000);

afterAll(async () => {
  await desk.close();
});

describe('D1 filters, orders and fields', () => {
  it.each([
    'sort=asc;select',
    'sort=updated_at',
    'sort=updated&sort=opened',
    "status=open'--",
    'status=constructor',
    'status[$ne]=open',
    'status[]=open',
    'view=__proto__',
    'assignee=1 or 1=1',
    'team=null',
    'requester=1',
    'limit=0',
    'limit=101',
    'limit=1e2',
    'limit=-1',
    'limit=1;drop table inbox',
    'after=abc',
    'after[]=abc',
    'orderBy=id',
    'q=status:nonsense',
    'q=nonsense:x',
    'q="unclosed',
    'tag=',
  ])('%s is refused', async (query) => {
    const answer = await agent.get(`/tickets?${query.replaceAll(' ', '%20').replaceAll('"', '%22')}`);
    expect([query, answer.status]).toEqual([query, 400]);
    expect(answer.body).toMatchObject({ code: 'request.invalid' });
  });

  it('SQL in search words is only words', async () => {
    for (const q of ["'; drop table inbox; --", "') or true --", '\\', "a'b", '%_', '!|&<->:*()', "tag:x'y", '* * *']) {
      const answer = await agent.get(`/tickets?q=${encodeURIComponent(q)}`);
      expect([q, answer.status]).toEqual([q, 200]);
    }
    await agent.get(`/customers?q=${encodeURIComponent("%'--")}`).expect(200);
    await agent.get('/tickets').expect(200);
  });
});

describe('D2 objects where texts are expected', () => {
  it.each([
    { ...REQUEST, subject: { $ne: '' } },
    { ...REQUEST, subject: ['a'] },
    { ...REQUEST, requester: 'ada@example.com' },
    { ...REQUEST, requester: { email: { $gt: '' }, name: 'Ada' } },
    { ...REQUEST, tags: 'a' },
    { ...REQUEST, tags: [{ a: 1 }] },
    { ...REQUEST, customFields: { plan: { a: 1 } } },
    { ...REQUEST, customFields: { constructor: 'x' } },
    { ...REQUEST, customFields: { 'a b': 'x' } },
    { ...REQUEST, priority: 3 },
    { ...REQUEST, channel: 'import' },
    [REQUEST],
    'text',
  ] as unknown[])('%j is refused', async (body) => {
    const answer = await agent.post('/tickets', body as object).set('Content-Type', 'application/json');
    expect(answer.status).toBe(400);
  });
});

it('D4 what only answers hold can not be set', async () => {
  const { body } = await agent.get(`/tickets/${ticketId}`).expect(200);
  const settable = new Set([
    'subject',
    'channel',
    'priority',
    'category',
    'subcategory',
    'tags',
    'customFields',
    'requester',
  ]);
  const fields = Object.entries(body as object).filter(([field]) => !settable.has(field));
  expect(fields.length).toBeGreaterThan(15);
  for (const [field, value] of fields) {
    const answer = await agent.post('/tickets', { ...REQUEST, [field]: value as unknown });
    expect([field, answer.status]).toEqual([field, 400]);
  }
  for (const command of ['assign', 'rename', 'solve', 'notes', 'replies', 'messages', 'pend', 'tag', 'link']) {
    const answer = await agent.post(
      `/tickets/${ticketId}/${command}`,
      { version: 1, status: 'closed' },
      { 'If-Match': '*' },
    );
    expect([command, answer.status]).toEqual([command, 400]);
  }
});

it('D9 names and tags come out normalised, and invisible texts are refused', async () => {
  const answer = await agent.post('/tickets', {
    ...REQUEST,
    subject: 'Pr\u202Einter\u200B  e\u0301t\u00e9',
    tags: ['VIP', 'vip', '\uFF56ip', 'Two Words'],
  });
  expect(answer.body).toMatchObject({ subject: 'Printer \u00e9t\u00e9', tags: ['two-words', 'vip'] });
  const empty = await agent.post('/tickets', { ...REQUEST, subject: '\u200B\u202E' });
  expect([empty.status, (empty.body as { code: string }).code]).toEqual([422, 'ticket.subject-empty']);
});

it('a refused request registers nobody', async () => {
  const email = `${newId()}@example.com`;
  const requester = { email, name: 'Ada' };
  await agent.post('/tickets', { ...REQUEST, requester, body: ' \n ' }).expect(422);
  await agent.post('/tickets', { ...REQUEST, requester, subcategory: 'alone' }).expect(422);
  await agent.post('/tickets', { ...REQUEST, requester: { email: 'nonsense', name: 'Ada' } }).expect(422);
  await desk.caughtUp();
  const { body } = await agent.get(`/customers?q=${encodeURIComponent(email)}`).expect(200);
  expect((body as { data: object[] }).data).toEqual([]);
});

it('nothing personal stands readable in the ledger or in the remembered answers', async () => {
  const canary = `Canary${newId().replaceAll('-', '')}`;
  const { body } = await agent
    .post(
      '/tickets',
      {
        subject: `Subject ${canary}`,
        body: `Body ${canary}`,
        customFields: { secret: canary },
        requester: { email: `${canary}@example.com`, name: canary },
      },
      { 'Idempotency-Key': canary.slice(0, 30) },
    )
    .expect(201);
  const { id } = body as { id: string };
  await agent.post(`/tickets/${id}/notes`, { body: `Note ${canary}` }).expect(200);
  await agent.post(`/tickets/${id}/rename`, { subject: `Renamed ${canary}` }, { 'If-Match': '*' }).expect(200);
  const admin = new Client({ connectionString: desk.database.adminUrl });
  await admin.connect();
  for (const table of ['events', 'person_key', 'idempotency', 'ticket_counter']) {
    const { rows } = await admin.query(`select 1 from ${table} t where strpos(lower(t::text), lower($1)) > 0`, [
      canary,
    ]);
    expect([table, rows.length]).toEqual([table, 0]);
  }
  await admin.end();
});
