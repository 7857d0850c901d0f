import { type Caller, caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

let desk: TestDesk;
let agent: Caller;

beforeAll(async () => {
  desk = await startTestDesk();
  agent = await caller(desk, 'agent@demo.test');
}, 120_000);

afterAll(async () => {
  await desk.close();
});

const REQUEST = {
  subject: 'The invoice for October shows the wrong address',
  body: 'Hello, could you please send me a corrected invoice?',
  requester: { email: 'grace@example.com', name: 'Grace Hopper' },
};

describe('a ticket', () => {
  it('is opened and read back', async () => {
    const opened = await agent.post('/tickets', REQUEST);
    expect(opened.body).toMatchObject({ subject: REQUEST.subject, status: 'new', version: 0 });
    expect(opened.status).toBe(201);
    const position = String(opened.headers['ledger-position']);
    const read = await agent.get(`/tickets/${String(opened.body.id)}?include=timeline`, {
      'Ledger-Position': position,
    });
    expect(read.body).toMatchObject(opened.body as object);
  });
});
