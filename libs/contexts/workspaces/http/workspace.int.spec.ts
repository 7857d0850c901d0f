import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

const DAY = 86_400_000;

let desk: TestDesk;
let owner: Caller;
let agent: Caller;

beforeAll(async () => {
  desk = await startTestDesk();
  owner = await caller(desk, 'owner@demo.test');
  agent = await caller(desk, 'agent@demo.test');
}, 120_000);

afterAll(async () => {
  await desk.close();
});

async function solvedTicket(): Promise<{ readonly solved: number; readonly data: Record<string, string> }> {
  const requester = { email: `${newId()}@example.com`, name: 'Ada' };
  const opened = await agent.post('/tickets', { subject: 'Printer', body: 'It burns.', requester }).expect(201);
  const { id } = opened.body as { id: string };
  const { headers } = await agent.post(`/tickets/${id}/solve`, {}, { 'If-Match': '*' }).expect(200);
  const { body } = await agent
    .get(`/tickets/${id}/ledger`, { 'Ledger-Position': present(headers['ledger-position']) })
    .expect(200);
  const events = (body as { data: { type: string; occurredAt: string; data: Record<string, string> }[] }).data;
  const { occurredAt, data } = present(events.find(({ type }) => type === 'TicketSolved'));
  return { solved: Date.parse(occurredAt), data };
}

async function daysOfSolved(): Promise<readonly number[]> {
  const { solved, data } = await solvedTicket();
  return [data.reopenUntil, data.closeAt].map((instant) => Math.round((Date.parse(present(instant)) - solved) / DAY));
}

describe('the workspace', () => {
  it('is shown to its members with its settings', async () => {
    const { body } = await agent.get('/workspace').expect(200);
    expect(body).toMatchObject({ id: agent.workspaceId, slug: 'demo', reopenWindowDays: 7, autoCloseDays: 7 });
    await agent.get('/workspace?id=x').expect(400);
  });

  it('changes what is named and nothing else, for tickets that are solved from then on', async () => {
    expect(await daysOfSolved()).toEqual([7, 7]);
    const { body, headers } = await owner.get('/workspace').expect(200);
    await owner.post('/workspace/configure', { autoCloseDays: 30 }).expect(428);
    const etag = present(headers.etag);
    const settings = { reopenWindowDays: 14, autoCloseDays: 30 };
    const configured = await owner.post('/workspace/configure', settings, { 'If-Match': etag }).expect(200);
    expect(configured.body).toEqual({ ...(body as object), ...settings });
    const shown = await agent.get('/workspace').expect(200);
    expect([shown.body, shown.headers.etag]).toEqual([configured.body, configured.headers.etag]);
    expect(await daysOfSolved()).toEqual([14, 30]);
    const { body: stale } = await owner
      .post('/workspace/configure', { autoCloseDays: 60 }, { 'If-Match': etag })
      .expect(412);
    expect(stale).toMatchObject({ conflicts: [{ field: 'autoCloseDays', yours: 60, theirs: 30 }] });
  });

  it.each([
    [400, { autoCloseDays: 366 }],
    [400, { autoCloseDays: 1.5 }],
    [400, { reopenWindowDays: -1 }],
    [400, { name: '' }],
    [400, { slug: 'other' }],
    [422, { name: '\u200b' }],
    [422, { timeZone: 'Mars/Olympus' }],
    [422, { language: 'not a tag' }],
  ])('answers %i to %j', async (status, settings) => {
    await owner.post('/workspace/configure', settings, { 'If-Match': '*' }).expect(status);
  });
});
