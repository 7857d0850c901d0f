import { Ledger, readWhole, EVENT_STORE, type EventStore, streamName } from '@ledgerdesk/event-store';
import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, loseAnswers, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { TicketNumbers } from '@ledgerdesk/tickets';

interface Ticket {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly priority: string;
  readonly subject: string;
  readonly tags: readonly string[];
  readonly requester: { readonly customerId: string };
}

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

const requestFor = (email = `${newId()}@example.com`): object => ({
  subject: 'Printer',
  body: 'It burns.',
  requester: { email, name: 'Ada' },
});

async function opened(): Promise<{ ticket: Ticket; etag: string; position: string }> {
  const { body, headers } = await agent.post('/tickets', requestFor()).expect(201);
  return {
    ticket: body as Ticket,
    etag: present(headers.etag),
    position: present(headers['ledger-position']),
  };
}

async function eventsOf(id: string): Promise<readonly { type: string; revision: number }[]> {
  const store = desk.app.get<EventStore>(EVENT_STORE);
  return readWhole(store, streamName('ticket', agent.workspaceId, id));
}

describe('K4 two agents', () => {
  it('who set different fields both succeed, and neither is lost', async () => {
    const { ticket, etag } = await opened();
    const one = agent.post(`/tickets/${ticket.id}/prioritise`, { priority: 'urgent' }, { 'If-Match': etag });
    const two = supervisor.post(`/tickets/${ticket.id}/rename`, { subject: 'Fire' }, { 'If-Match': etag });
    const answers = await Promise.all([one, two]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const last = await agent.post(`/tickets/${ticket.id}/tag`, { tags: ['hot'] }, { 'If-Match': etag }).expect(200);
    expect(last.body).toMatchObject({ priority: 'urgent', subject: 'Fire', tags: ['hot'] });
  });

  it('who set the same field: one wins, the other is shown both values', async () => {
    const { ticket, etag } = await opened();
    await agent.post(`/tickets/${ticket.id}/prioritise`, { priority: 'urgent' }, { 'If-Match': etag }).expect(200);
    const late = await supervisor.post(`/tickets/${ticket.id}/prioritise`, { priority: 'low' }, { 'If-Match': etag });
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ conflicts: [{ field: 'priority', yours: 'low', theirs: 'urgent' }] });
    const same = await supervisor.post(
      `/tickets/${ticket.id}/prioritise`,
      { priority: 'urgent' },
      { 'If-Match': etag },
    );
    expect(same.status).toBe(200);
    expect((await eventsOf(ticket.id)).filter(({ type }) => type === 'TicketPrioritised')).toHaveLength(1);
  });

  it('who race each other with the same field: exactly one 412', async () => {
    const { ticket, etag } = await opened();
    const answers = await Promise.all([
      agent.post(`/tickets/${ticket.id}/prioritise`, { priority: 'urgent' }, { 'If-Match': etag }),
      supervisor.post(`/tickets/${ticket.id}/prioritise`, { priority: 'low' }, { 'If-Match': etag }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('need If-Match for what sets something, and none for what adds', async () => {
    const { ticket, etag } = await opened();
    const path = `/tickets/${ticket.id}`;
    expect((await agent.post(`${path}/solve`)).status).toBe(428);
    expect((await agent.post(`${path}/solve`, {}, { 'If-Match': 'W/"x"' })).status).toBe(400);
    expect((await agent.post(`${path}/solve`, {}, { 'If-Match': '"999-abc"' })).status).toBe(412);
    await agent.post(`${path}/notes`, { body: 'Just a note' }).expect(200);
    await agent.post(`${path}/replies`, { body: 'Just a reply' }).expect(200);
    // The first note opened the ticket: a status that the writer has not seen.
    expect((await agent.post(`${path}/solve`, {}, { 'If-Match': etag })).status).toBe(412);
    await agent.post(`${path}/solve`, {}, { 'If-Match': '*' }).expect(200);
  });
});

it('K5 a hundred writers on one ticket: every write is there once, and versions are contiguous', async () => {
  const { ticket } = await opened();
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      (index % 2 ? agent : supervisor).post(`/tickets/${ticket.id}/notes`, { body: `Note ${String(index)}` }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const events = await eventsOf(ticket.id);
  expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index));
  const readable = await desk.app.get(Ledger).read(streamName('ticket', agent.workspaceId, ticket.id));
  const bodies = readable.flatMap(({ data }) => ('body' in data ? [(data.body as { text: string }).text] : []));
  expect(bodies.slice(1).sort()).toEqual(Array.from({ length: 100 }, (_, index) => `Note ${String(index)}`).sort());
});

describe('a repeated request', () => {
  it('K1 fifty at once with one key: one ticket', async () => {
    const key = { 'Idempotency-Key': newId() };
    const request = requestFor();
    const answers = await Promise.all(Array.from({ length: 50 }, () => agent.post('/tickets', request, key)));
    const created = answers.filter(({ status }) => status === 201);
    expect(created.length).toBeGreaterThan(0);
    expect(new Set(created.map(({ body }) => (body as Ticket).id)).size).toBe(1);
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  });

  it('K3 K6 whose answer was lost in a crash is answered from the ledger: one event, the same ticket', async () => {
    const key = { 'Idempotency-Key': newId() };
    const { ticket, etag } = await opened();
    const note = { body: 'Once' };
    const first = await agent.post(`/tickets/${ticket.id}/notes`, note, key).expect(200);
    await loseAnswers(desk, agent.workspaceId);
    const again = await agent.post(`/tickets/${ticket.id}/notes`, note, key).expect(200);
    expect(again.body).toEqual(first.body);
    expect((await eventsOf(ticket.id)).filter(({ type }) => type === 'NoteAdded')).toHaveLength(1);
    const set = { 'If-Match': etag, 'Idempotency-Key': newId() };
    const one = await agent.post(`/tickets/${ticket.id}/rename`, { subject: 'Fire' }, set).expect(200);
    await loseAnswers(desk, agent.workspaceId);
    const two = await agent.post(`/tickets/${ticket.id}/rename`, { subject: 'Fire' }, set).expect(200);
    expect((two.body as Ticket).subject).toBe('Fire');
    expect(two.body).toEqual(one.body);
  });
});

describe('K10 raced fifty times', () => {
  it('one address makes one customer', async () => {
    const email = `Raced-${newId()}@Example.com`;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        agent.post('/tickets', requestFor(index % 2 ? email : email.toLowerCase())),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => (body as Ticket).requester.customerId)).size).toBe(1);
    const taken = await agent.post('/customers', { name: 'Somebody else', email });
    expect([taken.status, (taken.body as { code: string }).code]).toEqual([409, 'customer.address-taken']);
    await desk.caughtUp();
    const found = await agent.get(`/customers?q=${encodeURIComponent(email)}`).expect(200);
    expect((found.body as { data: object[] }).data).toHaveLength(1);
  });

  it('numbers never repeat, also between processes, and not after the counter was lost', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => agent.post('/tickets', requestFor())));
    const numbers = answers.map(({ body }) => (body as Ticket).number);
    expect(new Set(numbers).size).toBe(50);
    const other = new TicketNumbers(desk.readStore, desk.app.get<EventStore>(EVENT_STORE));
    const theirs = await Promise.all(Array.from({ length: 50 }, () => other.next(agent.workspaceId)));
    expect(new Set([...numbers, ...theirs]).size).toBe(100);
    await desk.readStore.run(agent.workspaceId, (sql) =>
      sql.rows(`update ticket_counter set last_number = 0, scanned_to = ''`),
    );
    const restored = new TicketNumbers(desk.readStore, desk.app.get<EventStore>(EVENT_STORE));
    expect(await restored.next(agent.workspaceId)).toBeGreaterThan(Math.max(...numbers));
  });
});

it('K3 a ticket whose answer was lost in a crash is the same ticket again', async () => {
  const key = { 'Idempotency-Key': newId() };
  const request = requestFor();
  const first = await agent.post('/tickets', request, key).expect(201);
  await loseAnswers(desk, agent.workspaceId);
  const again = await agent.post('/tickets', request, key).expect(201);
  expect(again.body).toEqual(first.body);
});

it('K11 a read that shows the position of a write sees it', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { ticket, position } = await opened();
    const read = await agent.get(`/tickets/${ticket.id}`, { 'Ledger-Position': position }).expect(200);
    expect(read.body).toEqual(ticket);
    const list = await agent.get('/tickets?limit=1', { 'Ledger-Position': position }).expect(200);
    expect((list.body as { data: Ticket[] }).data[0]?.id).toBe(ticket.id);
  }
});
