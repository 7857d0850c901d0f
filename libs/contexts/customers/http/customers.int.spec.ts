import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

let desk: TestDesk;
let agent: Caller;

beforeAll(async () => {
  desk = await startTestDesk();
  agent = await caller(desk, 'agent@demo.test');
}, 120_000);

afterAll(async () => {
  await desk.close();
});

describe('customers', () => {
  it('are registered, found, renamed and noted', async () => {
    const email = `${newId()}@example.com`;
    const created = await agent.post('/customers', { name: 'Jürgen Müller', email }).expect(201);
    const { id } = created.body as { id: string };
    const etag = present(created.headers.etag);
    await agent.post(`/customers/${id}/rename`, { name: 'Jörg Müller' }).expect(428);
    await agent.post(`/customers/${id}/rename`, { name: 'Jörg Müller' }, { 'If-Match': etag }).expect(200);
    const noted = await agent.post(`/customers/${id}/notes`, { text: 'Likes short answers' }).expect(200);
    await desk.caughtUp();
    expect((await agent.get(`/customers/${id}`).expect(200)).body).toEqual(noted.body);
    const found = await agent.get('/customers?q=jorg%20mull').expect(200);
    expect((found.body as { data: object[] }).data).toEqual([noted.body]);
    const requester = { email: email.toUpperCase(), name: 'J. M.' };
    const opened = await agent.post('/tickets', { subject: 'Printer', body: 'It burns.', requester }).expect(201);
    const ticket = opened.body as { id: string };
    expect(ticket).toMatchObject({ requester: { customerId: id } });
    await desk.caughtUp();
    const theirs = await agent.get(`/tickets?requester=${id}`).expect(200);
    expect((theirs.body as { data: { id: string }[] }).data.map((one) => one.id)).toEqual([ticket.id]);
  });
});
