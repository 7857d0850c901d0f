import { Requesters } from '@ledgerdesk/customers';
import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { TicketNumbers } from '@ledgerdesk/tickets';
import { DEMO_TICKETS, seedDemoTickets } from './seed-demo-tickets.js';

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
}, 120_000);

afterAll(async () => {
  await desk.close();
});

async function seed(): Promise<string> {
  const store = desk.app.get<EventStore>(EVENT_STORE);
  await seedDemoTickets({
    store,
    runner: desk.runner,
    requesters: desk.app.get(Requesters, { strict: false }),
    numbers: desk.app.get(TicketNumbers, { strict: false }),
    now: Date.now(),
  });
  return store.head();
}

describe('the demo tickets', () => {
  it('are written once, and show every status and kind of text', async () => {
    const head = await seed();
    await expect(seed()).resolves.toBe(head);
    await desk.caughtUp();
    const headers = { Authorization: `Bearer ${await desk.tokenOf('agent@demo.test')}` };
    const answers = await Promise.all(
      ['view=all_open', 'view=pending', 'view=on_hold', 'view=solved', 'view=closed', 'view=spam', 'view=trashed'].map(
        async (query) => {
          const answer = await fetch(`${desk.url}/api/v1/tickets?limit=100&${query}`, { headers });
          return ((await answer.json()) as { data: { status: string; subject: string }[] }).data;
        },
      ),
    );
    const all = answers.flat();
    expect(answers.map(({ length }) => length > 0)).toEqual(answers.map(() => true));
    expect(new Set(all.map(({ subject }) => subject)).size).toBe(DEMO_TICKETS.length);
    expect(new Set(all.map(({ status }) => status))).toEqual(
      new Set(['new', 'open', 'pending', 'on_hold', 'solved', 'closed', 'spam', 'trashed']),
    );
    const keys = DEMO_TICKETS.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  }, 60_000);
});
