import { Client } from 'pg';
import { type Caller, caller, countEvents, eventually, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

interface Opened {
  readonly id: string;
  readonly number: number;
  readonly version: number;
}

describe('a crash between the append and the answer', () => {
  let desk: TestDesk;
  let agent: Caller;
  let admin: Client;

  beforeAll(async () => {
    desk = await startTestDesk();
    agent = await caller(desk, 'agent@demo.test');
    admin = new Client({ connectionString: desk.database.adminUrl });
    await admin.connect();
  }, 120_000);

  afterAll(async () => {
    await admin.end();
    await desk.close();
  });

  /** What the table holds when a process died after its append: begun, never answered, lease run out. */
  const forgetAnswers = async (): Promise<void> => {
    await eventually(async () => {
      expect((await admin.query('select 1 from idempotency where reply is null')).rowCount).toBe(0);
    });
    await admin.query(`update idempotency set reply = null, leased_until = now() - interval '1 s'`);
  };

  const events = (): Promise<number> => countEvents(desk.store);

  it('K3 the retry of an opened ticket gets that ticket, and appends nothing', async () => {
    const body = { subject: 'Lost answer', body: 'Hello', requester: { email: 'k3@example.com', name: 'Kim' } };
    const open = (): Promise<{ status: number; body: unknown; headers: Record<string, string> }> =>
      agent.post('/tickets', body, { 'Idempotency-Key': 'k3-open' }).then((answer) => answer);
    const first = await open();
    const before = await events();
    await forgetAnswers();

    const again = await open();
    expect(again.status).toBe(201);
    expect(again.headers['idempotent-replayed']).toBeUndefined();
    const { id, number, version } = first.body as Opened;
    expect(again.body).toMatchObject({ id, number, version });
    expect(again.headers.etag).toBe(first.headers.etag);
    expect(again.headers['ledger-position']).toBe(first.headers['ledger-position']);
    expect(await events()).toBe(before);
  });

  it('K3 the retry of a reply sends it once', async () => {
    const { body: ticket } = await agent.post('/tickets', {
      subject: 'Reply once',
      body: 'Hello',
      requester: { email: 'k3@example.com', name: 'Kim' },
    });
    const reply = (): Promise<{ status: number; body: unknown }> =>
      agent
        .post(`/tickets/${(ticket as Opened).id}/replies`, { body: 'On its way.' }, { 'Idempotency-Key': 'k3-reply' })
        .then((answer) => answer);
    const first = await reply();
    expect(first.status).toBeLessThan(300);
    const before = await events();
    await forgetAnswers();
    const again = await reply();
    expect(again.status).toBe(first.status);
    expect((again.body as Opened).version).toBe((first.body as Opened).version);
    expect(await events()).toBe(before);
  });
});
