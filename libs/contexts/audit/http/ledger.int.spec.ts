import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, startTestDesk, tamper, type TestDesk } from '@ledgerdesk/testing';

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

async function openTicket(): Promise<string> {
  const request = {
    subject: 'The invoice for October shows the wrong address',
    body: 'Hello, could you please send me a corrected invoice?',
    requester: { email: `${newId()}@example.com`, name: 'Grace Hopper' },
  };
  const { body } = await agent.post('/tickets', request).expect(201);
  return (body as { id: string }).id;
}

describe('the ledger of a ticket', () => {
  it('shows every event with its hash, texts only when asked for, and finds a changed byte', async () => {
    const id = await openTicket();
    await agent.post(`/tickets/${id}/prioritise`, { priority: 'high' }, { 'If-Match': '*' }).expect(200);
    await desk.caughtUp();
    const sealed = await agent.get(`/tickets/${id}/ledger`).expect(200);
    expect(sealed.text).not.toContain('invoice for October');
    expect(sealed.body).toMatchObject({
      verified: true,
      broken: null,
      data: [{ type: 'TicketOpened', revision: 0 }, { type: 'TicketPrioritised' }, { type: 'WorkStarted' }],
    });
    const readable = await agent.get(`/tickets/${id}/ledger?texts=true`).expect(200);
    expect(readable.text).toContain('invoice for October');
    interface Proof {
      hash: string;
      previousHash: string;
      position: string;
    }
    const [first, second] = (sealed.body as { data: [Proof, Proof] }).data;
    expect(second.previousHash).toBe(first.hash);
    await agent.get(`/tickets/${id}?at=${first.position}`).expect(200);
    await tamper(desk, id, '"high"', '"low"');
    const broken = await agent.get(`/tickets/${id}/ledger`).expect(200);
    expect(broken.body).toMatchObject({ verified: false, broken: { revision: 1, reason: 'hash' } });
  });

  it('is browsed by auditors, whose reading of texts is itself a fact', async () => {
    const id = await openTicket();
    await desk.caughtUp();
    await agent.get('/ledger').expect(403);
    const page = await auditor.get(`/ledger?stream=ticket-${id}&type=TicketOpened`).expect(200);
    expect((page.body as { data: object[] }).data).toHaveLength(1);
    const readings = async (): Promise<number> => {
      const answer = await auditor
        .get(`/ledger?type=MessageTextRead&actor=member:${auditor.memberId}&limit=100`)
        .expect(200);
      return (answer.body as { data: { data: { ticketIds: string[] } }[] }).data.filter(({ data }) =>
        data.ticketIds.includes(id),
      ).length;
    };
    expect(await readings()).toBe(0);
    const at = encodeURIComponent(new Date().toISOString());
    const paths = [
      '/tickets',
      '/tickets?q=invoice',
      `/tickets/${id}`,
      `/tickets/${id}?include=timeline`,
      `/tickets/${id}?at=${at}`,
      `/tickets/${id}/timeline`,
      `/tickets/${id}/timeline?at=${at}`,
      `/tickets/${id}/ledger?texts=true`,
      `/ledger?texts=true&stream=ticket-${id}`,
    ];
    for (const [index, path] of paths.entries()) {
      await auditor.get(path).expect(200);
      expect([path, await readings()]).toEqual([path, index + 1]);
    }
    await auditor.get(`/tickets/${id}/ledger`).expect(200);
    expect(await readings()).toBe(paths.length);
    await auditor.post(`/tickets/${id}/notes`, { body: 'x' }).expect(403);
  });

  it('pages newest first and filters by time', async () => {
    const first = await auditor.get('/ledger?limit=2').expect(200);
    const { data, page } = first.body as { data: { id: string; recordedAt: string }[]; page: { next: string } };
    const second = await auditor.get(`/ledger?limit=2&after=${page.next}`).expect(200);
    const more = (second.body as { data: { id: string; recordedAt: string }[] }).data;
    const instants = [...data, ...more].map(({ recordedAt }) => recordedAt);
    expect(instants).toEqual([...instants].sort().reverse());
    expect(new Set([...data, ...more].map(({ id }) => id)).size).toBe(4);
    const none = await auditor.get('/ledger?from=2090-01-01T00:00:00Z').expect(200);
    expect((none.body as { data: object[] }).data).toEqual([]);
  });
});
