import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, signIn } from '../desk.js';
import { eventually, type Member, memberOf } from '../member.js';
import { newTicket, TicketPane } from '../ticket-pane.js';

type Fault = 'cut' | 'refuse' | 'hang' | 'recover' | 'lose-request' | 'lose-answer';

let browser: Browser;
let agent: Member;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  agent = await memberOf('agent@demo.test');
  ({ page } = await openPage(browser));
  await signIn(page, 'agent');
});

afterEach(() => disturb('recover'));

afterAll(async () => {
  await browser.close();
});

/** Does something to the event store behind the desk. */
async function disturb(fault: Fault): Promise<void> {
  const { status } = await fetch(`${process.env.E2E_EVENT_STORE ?? ''}/${fault}`, { method: 'POST' });
  expect(status).toBe(204);
}

/** Texts of the ticket's notes, oldest first, as the read model shows them. */
async function notes(id: string): Promise<readonly string[]> {
  const { body } = await agent.get(`/tickets/${id}/timeline?limit=100`);
  const entries = body.data as { kind: string; text: string | null }[];
  return entries.filter(({ kind }) => kind === 'note').map(({ text }) => text ?? '');
}

describe('an event store that goes away in the middle of the work', () => {
  it.each(['cut', 'lose-request', 'lose-answer'] as const)(
    'L6 %s: the agent notices nothing, and the note is there once',
    async (fault) => {
      const { id } = await newTicket(agent, `Event store: ${fault}`);
      const pane = new TicketPane(page);
      await pane.open(id);
      await disturb(fault);
      await pane.note(`Written while it happened: ${fault}`);
      const shown = await eventually(
        () => notes(id),
        ({ length }) => length > 0,
      );
      expect(shown).toEqual([`Written while it happened: ${fault}`]);
      const { body } = await agent.get(`/tickets/${id}/ledger`);
      expect(body.verified).toBe(true);
    },
  );

  it('L6 while it is gone a write is refused as unavailable; its repetition is done once, and the page goes on living', async () => {
    const { id } = await newTicket(agent, 'Event store: gone');
    const pane = new TicketPane(page);
    await pane.open(id);
    await agent.post(`/tickets/${id}/notes`, { body: 'Said before.' });
    await pane.message('Note', 'Said before.').waitFor();
    await disturb('refuse');
    const key = { 'Idempotency-Key': `gone-${id}` };
    const refused = await agent.ask('POST', `/tickets/${id}/notes`, { body: 'Said once.' }, key);
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) as string } });
    await disturb('recover');
    await eventually(
      () => agent.ask('POST', `/tickets/${id}/notes`, { body: 'Said once.' }, key),
      ({ status }) => status === 200,
      20,
    );
    await pane.message('Note', 'Said once.').waitFor();
    expect(await notes(id)).toEqual(expect.arrayContaining(['Said before.', 'Said once.']));
    expect(await notes(id)).toHaveLength(2);
  });
});
