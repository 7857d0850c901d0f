import type { Browser } from 'playwright-core';
import { openBrowser, openPage, signIn } from './desk.js';
import { type Member, memberOf } from './member.js';
import { newTicket, TicketPane } from './ticket-pane.js';

describe('the history of a ticket', () => {
  let browser: Browser;
  let supervisor: Member;
  beforeAll(async () => {
    [browser, supervisor] = await Promise.all([openBrowser(), memberOf('supervisor@demo.test')]);
  });
  afterAll(() => browser.close());

  it('is walked through on a slider, with what changed marked, and the chain verified', async () => {
    const { id } = await newTicket(supervisor, 'As it was');
    await supervisor.post(`/tickets/${id}/prioritise`, { priority: 'urgent' });
    await supervisor.post(`/tickets/${id}/rename`, { subject: 'As it is' });
    const { page, context, errors } = await openPage(browser);
    await signIn(page, 'supervisor');
    await new TicketPane(page).open(id);
    await page.getByRole('link', { name: 'Ledger and time slider' }).click();
    await page.getByText('Chain verified').waitFor();
    const slider = page.getByRole('slider', { name: 'Moment in the history of this ticket' });
    const events = page.getByRole('list', { name: 'Events' });
    const fields = page.getByLabel('Fields of the ticket');
    await page.getByRole('heading', { name: 'As it is', exact: true }).waitFor();

    await slider.focus();
    await page.keyboard.press('Home');
    await page.getByRole('heading', { name: 'As it was', exact: true }).waitFor();
    await fields.getByText('Normal', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Next event' }).click();
    const step = page.locator('[aria-current=step]');
    await step.filter({ hasText: 'Priority' }).waitFor();
    // The priority is marked as changed: what it was, and what it became.
    await fields.locator('del', { hasText: 'Normal' }).waitFor();
    await fields.locator('ins', { hasText: 'Urgent' }).waitFor();
    await page.getByRole('heading', { name: 'As it was', exact: true }).waitFor();

    // Each event shows who, why, where in the ledger, and its hash.
    const details = events.getByRole('listitem').filter({ has: step });
    for (const word of ['Priya Raman', 'Cause', 'Position', 'Hash']) await details.getByText(word).first().waitFor();
    await page.keyboard.press('End');
    await page.getByRole('link', { name: 'Back to now' }).click();
    await page.getByRole('region', { name: 'Conversation' }).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });
});
