import { randomUUID } from 'node:crypto';
import { EVENT_STORE, type EventStore, type StoredEvent, verifyStream } from '@ledgerdesk/event-store';
import { caller, present } from '@ledgerdesk/testing';
import { ErasureDesk, type Person } from './spec/erasure-desk.js';

const STATISTICS = `
  select status, priority, channel, opened_at::date::text as day, count(*)::int as tickets,
    sum((view::json ->> 'messageCount')::int)::int as messages
  from inbox group by 1, 2, 3, 4 order by 1, 2, 3, 4`;

describe('M6 erasing a customer', () => {
  let here: ErasureDesk;
  let person: Person;
  let other: { readonly id: string; readonly customerId: string };
  let before: { readonly statistics: readonly object[]; readonly canaries: Readonly<Record<string, number>> };

  beforeAll(async () => {
    here = await ErasureDesk.start();
    person = await here.person();
    const requester = { email: `${randomUUID()}@example.org`, name: 'Grace Hopper' };
    const opened = await here.agent
      .post('/tickets', { subject: 'A moth', body: 'In the relay.', requester })
      .expect(201);
    const ticket = opened.body as { id: string; requester: { customerId: string } };
    other = { id: ticket.id, customerId: ticket.requester.customerId };
    await here.desk.caughtUp();
    before = { statistics: (await here.database.query(STATISTICS)).rows, canaries: await here.canaries() };
    await here.request(person.customerId);
    await here.erased(person);
  }, 120_000);

  afterAll(async () => {
    await here.close();
  });

  it('leaves no canary in any table, in Redis or in a log', async () => {
    const tables = Object.keys(before.canaries).map((table) => table.replace(/_v\d+$/, ''));
    expect(tables.sort()).toEqual(['customers', 'inbox', 'ticket_search', 'timeline']);
    expect(await here.canaries()).toEqual({});
  });

  it('answers no question with a canary: search, lists, tickets, stories, the past, the ledger', async () => {
    const { admin, agent, canary } = here;
    const auditor = await caller(here.desk, 'auditor@demo.test');
    const [ticketId = ''] = person.ticketIds;
    const past = new Date().toISOString();
    const questions = [
      agent.get(`/tickets?q=${canary}`),
      agent.get(`/customers?q=${canary}`),
      agent.get(`/tickets?requester=${person.customerId}`),
      agent.get(`/tickets/${ticketId}`),
      agent.get(`/tickets/${ticketId}?at=${past}`),
      agent.get(`/tickets/${ticketId}/timeline`),
      agent.get(`/tickets/${ticketId}/timeline?at=${past}`),
      agent.get(`/tickets/${ticketId}/ledger?texts=true`),
      agent.get(`/customers/${person.customerId}`),
      auditor.get('/ledger?texts=true&limit=100'),
      admin.get('/ledger?texts=true&limit=100'),
    ];
    for (const question of questions) {
      const { status, text } = await question;
      expect([status, text.includes(canary)]).toEqual([200, false]);
    }
    const found = (await agent.get(`/tickets?q=${canary}`)).body as { data: object[] };
    expect(found.data).toEqual([]);
  });

  it('answers repeated requests from the ledger, without the texts and without doing anything twice', async () => {
    const { rows } = await here.database.query('select 1 from idempotency where reply is not null');
    expect(rows).toEqual([]);
    const head = await here.desk.app.get<EventStore>(EVENT_STORE).head();
    for (const { path, body, key } of person.requests) {
      const { status, text } = await here.agent.post(path, body, { 'Idempotency-Key': key });
      expect([path, status < 300 || status === 409, text.includes(here.canary)]).toEqual([path, true, false]);
    }
    expect(await here.desk.app.get<EventStore>(EVENT_STORE).head()).toBe(head);
  });

  it('destroys the key, with a receipt', async () => {
    const { rows: keys } = await here.database.query('select wrapped from person_key where key_id = $1', [
      person.customerId,
    ]);
    expect(keys).toEqual([{ wrapped: null }]);
    const { rows } = await here.database.query('select person, key_id as "keyId" from erasure_receipt');
    expect(rows).toEqual([{ person: `customer:${person.customerId}`, keyId: person.customerId }]);
  });

  it('changes no statistics and no ticket of anybody else, and every chain still verifies', async () => {
    expect((await here.database.query(STATISTICS)).rows).toEqual(before.statistics);
    expect((await here.agent.get(`/tickets/${other.id}`).expect(200)).body).toMatchObject({ subject: 'A moth' });
    const { rows } = await here.database.query<StoredEvent>(
      'select id, type, data, metadata, stream, revision from events order by global_position',
    );
    const streams = Map.groupBy(rows, ({ stream }) => stream);
    for (const events of streams.values()) expect(verifyStream(events)).toBeUndefined();
    expect(streams.size).toBeGreaterThan(5);
  });

  it('leaves read models that are equal, row by row, to those of a rebuild', async () => {
    const live = await here.readModels();
    await here.rebuild();
    expect(await here.readModels()).toEqual(live);
    expect(await here.canaries()).toEqual({});
  });

  it('takes no new text about them, but a new customer may have their address', async () => {
    const [ticketId = ''] = person.ticketIds;
    for (const [path, body] of [
      [`/tickets/${ticketId}/notes`, { body: 'again' }],
      [`/tickets/${ticketId}/replies`, { body: 'again' }],
      [`/tickets/${ticketId}/messages`, { body: 'again' }],
    ] as const) {
      const refused = await here.agent.post(path, body, { 'If-Match': '*' }).expect(409);
      expect(refused.body).toMatchObject({ code: 'person.erased' });
    }
    const refused = await here.agent.post(`/customers/${person.customerId}/notes`, { text: 'again' }).expect(409);
    expect(refused.body).toMatchObject({ code: 'customer.erased' });
    const requester = { email: person.email, name: 'Somebody new' };
    const opened = await here.agent.post('/tickets', { subject: 'Hello', body: 'Hello', requester }).expect(201);
    const { requester: requesting } = opened.body as { requester: { customerId: string; name: string } };
    expect(requesting.name).toBe('Somebody new');
    expect(requesting.customerId).not.toBe(person.customerId);
  });

  it('is for owners and admins of the workspace, on the version that they saw, and quiet the second time', async () => {
    const path = `/customers/${other.customerId}/erasure`;
    const body = { reason: 'person_asked' };
    for (const email of ['agent@demo.test', 'auditor@demo.test']) {
      const nobody = await caller(here.desk, email);
      await nobody.get(path).expect(403);
      await nobody.post(path, body, { 'If-Match': '*' }).expect(403);
    }
    const foreign = await caller(here.desk, 'owner@globex.test');
    await foreign.get(path).expect(404);
    await foreign.post(path, body, { 'If-Match': '*' }).expect(404);
    await here.admin.post(path, body).expect(428);
    await here.admin.post(path, { reason: 'because' }, { 'If-Match': '*' }).expect(400);
    const done = `/customers/${person.customerId}/erasure`;
    const first = await here.admin.get(done).expect(200);
    const again = await here.admin.post(done, { reason: 'unlawful' }, { 'If-Match': '*' }).expect(202);
    expect(again.body).toEqual(first.body);
    expect(present(again.headers.etag)).toBe(first.headers.etag);
  });
});
