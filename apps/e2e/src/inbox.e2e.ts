import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, signIn } from './desk.js';
import { eventually, type Member, memberOf } from './member.js';
import { newTicket, TicketPane } from './ticket-pane.js';

describe('the inbox', () => {
  let browser: Browser;
  let agent: Member;
  beforeAll(async () => {
    [browser, agent] = await Promise.all([openBrowser(), memberOf('agent@demo.test')]);
  });
  afterAll(() => browser.close());

  const rowsOf = (page: Page): ReturnType<Page['locator']> =>
    page.getByRole('list', { name: 'Tickets' }).getByRole('listitem');

  it('opens a new ticket and shows it', async () => {
    const { page, context, errors } = await openPage(browser);
    await signIn(page, 'agent');
    await page.getByRole('button', { name: 'New ticket' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel("Customer's email").fill('new.ticket@example.com');
    await dialog.getByLabel("Customer's name").fill('Nina Ticket');
    await dialog.getByLabel('Subject').fill('The lamp flickers');
    await dialog.getByLabel('What is it about?').fill('Since Tuesday, mostly at night.');
    await dialog.getByLabel('High').check();
    await dialog.getByRole('button', { name: 'Open ticket' }).click();
    await page.waitForURL(/\/tickets\/[0-9a-f-]{36}/);
    await page.getByRole('heading', { name: 'The lamp flickers' }).waitFor();
    const pane = new TicketPane(page);
    await pane.shows('Priority', 'High');
    await pane.message('Customer', 'Since Tuesday, mostly at night.').waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it('finds by words, filters by views, and says when there is nothing', async () => {
    const word = `lantern${randomBytes(4).toString('hex')}`;
    await newTicket(agent, `A ${word} without light`);
    const { page, context, errors } = await openPage(browser);
    await signIn(page, 'agent');
    const search = page.getByRole('textbox', { name: 'Search tickets' });
    await eventually(
      () => agent.get(`/tickets?q=${word}`),
      ({ body }) => (body.data as object[]).length === 1,
    );
    await search.fill(word);
    await search.press('Enter');
    await rowsOf(page).getByText(`A ${word} without light`).waitFor();
    expect(await rowsOf(page).count()).toBe(1);
    await search.fill(`${word} status:solved`);
    await search.press('Enter');
    await page.getByText('Nothing found').waitFor();
    await search.fill('status:nonsense');
    await search.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'status is one of' }).first().waitFor();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.getByRole('link', { name: /^Solved/ }).click();
    await page.waitForURL(/view=solved/);
    await page.getByRole('heading', { name: 'Solved' }).waitFor();
    // The browser reports the refused search, and nothing else.
    expect(errors.filter((error) => !error.includes('status%3Anonsense'))).toEqual([]);
    await context.close();
  });

  it('is worked by keys alone', async () => {
    await newTicket(agent, 'By keys, first');
    await newTicket(agent, 'By keys, second');
    const { page, context, errors } = await openPage(browser);
    await signIn(page, 'agent');
    await page.goto('/tickets?view=unassigned&sort=opened');
    await rowsOf(page).getByText('By keys, second').first().waitFor();
    for (const subject of ['By keys, second', 'By keys, first']) {
      await page.keyboard.press('j');
      await page.locator('a:focus', { hasText: subject }).waitFor();
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'By keys, first' }).waitFor();
    await page.getByRole('button', { name: /^Reply to / }).waitFor();
    await page.keyboard.press('n');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('Typed without a mouse.');
    await page.keyboard.press('Control+Enter');
    const pane = new TicketPane(page);
    await pane.message('Note', 'Typed without a mouse.').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('priority urgent');
    await page.keyboard.press('Enter');
    await pane.shows('Priority', 'Urgent');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    expect(errors).toEqual([]);
    await context.close();
  });

  it('is one pane at a time on a phone, with a way back', async () => {
    const { id } = await newTicket(agent, 'On the phone');
    const { page, context, errors } = await openPage(browser, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signIn(page, 'agent');
    await page.goto('/tickets?view=unassigned');
    await rowsOf(page).getByText('On the phone').first().tap();
    await page.waitForURL(`**/tickets/${id}*`);
    await page.getByRole('heading', { name: 'On the phone' }).waitFor();
    expect(await page.getByRole('list', { name: 'Tickets' }).isVisible()).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await page.getByRole('link', { name: 'Back to the list' }).tap();
    await rowsOf(page).first().waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it('speaks German to those who do', async () => {
    const { page, context, errors } = await openPage(browser, { locale: 'de-DE' });
    await page.goto('/');
    await page.getByLabel('E-Mail').fill('agent@demo.test');
    await page.getByLabel('Passwort', { exact: true }).fill('ledgerdesk-demo');
    await page.locator('form button[type=submit]').click();
    await page.getByRole('button', { name: 'Neues Ticket' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    expect(errors).toEqual([]);
    await context.close();
  });
});
