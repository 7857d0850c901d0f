import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, signIn } from './desk.js';
import { eventually, type Member, memberOf } from './member.js';
import { newTicket, TicketPane } from './ticket-pane.js';

describe('two agents at one ticket', () => {
  let browser: Browser;
  let supervisor: Member;
  beforeAll(async () => {
    [browser, supervisor] = await Promise.all([openBrowser(), memberOf('supervisor@demo.test')]);
  });
  afterAll(() => browser.close());

  /** Has somebody else be faster: the next request of the page to this address waits until `work` is done. */
  function before(page: Page, address: string, work: () => Promise<unknown>): Promise<unknown> {
    return page.route(
      address,
      async (route) => {
        await work();
        await route.continue();
      },
      { times: 1 },
    );
  }

  async function agentAt(id: string): Promise<{ pane: TicketPane; errors: string[]; leave: () => Promise<void> }> {
    const { page, context, errors } = await openPage(browser);
    await signIn(page, 'agent');
    const pane = new TicketPane(page);
    await pane.open(id);
    return { pane, errors, leave: () => context.close() };
  }

  it('see what the other does without touching anything', async () => {
    const { id } = await newTicket(supervisor, 'Seen at once');
    const { pane, errors, leave } = await agentAt(id);
    await supervisor.post(`/tickets/${id}/notes`, { body: 'The other agent was here.' });
    await pane.message('Note', 'The other agent was here.').waitFor();
    await supervisor.post(`/tickets/${id}/prioritise`, { priority: 'urgent' });
    await pane.shows('Priority', 'Urgent');
    expect(errors).toEqual([]);
    await leave();
  });

  it('K4 are shown both values when they set one field at the same time, and nothing is lost', async () => {
    const { id } = await newTicket(supervisor, 'Fast and slow');
    const { pane, leave } = await agentAt(id);
    const { page } = pane;
    await before(page, `**/tickets/${id}/rename`, () =>
      supervisor.post(`/tickets/${id}/rename`, { subject: 'The fast subject' }),
    );
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Rename' }).fill('The slow subject');
    await page.keyboard.press('Enter');
    const dialog = pane.dialog();
    await dialog.getByRole('cell', { name: 'The fast subject' }).waitFor();
    await dialog.getByRole('cell', { name: 'The slow subject' }).waitFor();
    await eventually(
      () => supervisor.get(`/tickets/${id}`),
      ({ body }) => body.subject === 'The fast subject',
    );
    await dialog.getByRole('button', { name: 'Apply mine' }).click();
    await page.getByRole('heading', { name: 'The slow subject' }).waitFor();
    await eventually(
      () => supervisor.get(`/tickets/${id}`),
      ({ body }) => body.subject === 'The slow subject',
    );
    await leave();
  });

  it('merge without a word when they set different fields', async () => {
    const { id } = await newTicket(supervisor, 'Side by side');
    const { pane, errors, leave } = await agentAt(id);
    await before(pane.page, `**/tickets/${id}/prioritise`, () =>
      supervisor.post(`/tickets/${id}/categorise`, { category: 'Deliveries' }),
    );
    await pane.choose('Priority', 'High');
    await pane.shows('Priority', 'High');
    await pane.shows('Category', 'Deliveries');
    await eventually(
      () => supervisor.get(`/tickets/${id}`),
      ({ body }) => body.priority === 'high' && body.category === 'Deliveries',
    );
    expect(errors).toEqual([]);
    await leave();
  });

  it('hold a reply back when the customer wrote meanwhile', async () => {
    const { id } = await newTicket(supervisor, 'Hold it');
    const { pane, leave } = await agentAt(id);
    const { page } = pane;
    await page.getByRole('button', { name: /^Reply to / }).click();
    const box = page.getByRole('textbox', { name: 'Write a reply the customer will read' });
    await box.fill('Your parcel is on its way.');
    await supervisor.post(`/tickets/${id}/messages`, { body: 'Please cancel it after all.' });
    await page.getByRole('alert').filter({ hasText: 'Please cancel it after all.' }).waitFor();
    await page.getByRole('button', { name: 'I have read it' }).click();
    await box.fill('It is cancelled.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('button', { name: 'Send now' }).click();
    await pane.message('Reply', 'It is cancelled.').waitFor();
    await leave();
  });

  it('hear of new tickets in the list, which never moves by itself', async () => {
    const { page, context, errors } = await openPage(browser);
    await signIn(page, 'agent');
    await page.goto('/tickets?view=unassigned');
    const rows = page.getByRole('list', { name: 'Tickets' }).getByRole('listitem');
    await rows.first().waitFor();
    const first = await rows.first().textContent();
    await newTicket(supervisor, 'Just came in');
    const pill = page.getByRole('button', { name: /^\S* ?1 new$/ });
    await pill.waitFor();
    expect(await rows.first().textContent()).toBe(first);
    await pill.click();
    await rows.first().getByText('Just came in').waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });
});
