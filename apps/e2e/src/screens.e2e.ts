import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { accessibilityProblems, cutOff, demoPassword, keepScreenshot, openBrowser, openPage } from './desk.js';
import { eventually, memberOf } from './member.js';
import {
  chooseTarget,
  erasedCustomer,
  heldReply,
  scheduledReplies,
  sendLater,
  splitOff,
  type Union,
  unionWithWaitingReply,
} from './screen-states.js';
import { newTicket } from './ticket-pane.js';

const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

type Look = readonly [string, BrowserContextOptions];

/** Both themes, widths and languages; every night all of them with each other. */
const looks: readonly Look[] = [
  ['light, wide, English', { ...wide, colorScheme: 'light', locale: 'en-GB' }],
  ['dark, phone, German', { ...phone, colorScheme: 'dark', locale: 'de-DE' }],
];
const nightly: readonly Look[] = [
  ['dark, wide, German', { ...wide, colorScheme: 'dark', locale: 'de-DE' }],
  ['light, phone, English', { ...phone, colorScheme: 'light', locale: 'en-GB' }],
];

describe('every screen', () => {
  let browser: Browser;
  let ticketId: string;
  let customerId: string;
  let union: Union;
  let held: string;
  let erasedId: string;
  beforeAll(async () => {
    browser = await openBrowser();
    const agent = await memberOf('agent@demo.test');
    const ticket = await newTicket(agent, 'A ticket with everything that a conversation can hold, and a long subject');
    ticketId = ticket.id;
    await agent.post(`/tickets/${ticketId}/replies`, { body: 'We are looking into it.\n\nMaya' });
    await agent.post(`/tickets/${ticketId}/notes`, { body: 'Ask accounting first.' });
    await agent.post(`/tickets/${ticketId}/tag`, { tags: ['invoice', 'vip'] });
    const { body } = await agent.post(`/tickets/${ticketId}/hand-off`, {
      done: 'Checked the order.',
      next: 'Accounting sends the invoice.',
      assigneeId: agent.memberId,
    });
    customerId = (body.requester as { customerId: string }).customerId;
    union = await unionWithWaitingReply();
    held = await heldReply();
    const owner = await memberOf('owner@demo.test');
    erasedId = await erasedCustomer(owner);
    await owner.post('/ledger/verifications', {});
    await owner.post('/ledger/exports', {});
    await eventually(
      () => owner.get('/ledger/exports'),
      ({ body }) => (body.data as { state: string }[]).every(({ state }) => state === 'done'),
    );
  });
  afterAll(() => browser.close());

  /** What a person can get to see, and how they get there. */
  const screens: readonly [string, (page: Page) => Promise<unknown>][] = [
    ['inbox', (page) => page.goto('/tickets?view=all_open')],
    ['nothing found', (page) => page.goto('/tickets?q=nothinglikethis')],
    ['ticket', (page) => page.goto(`/tickets/${ticketId}?view=all_open`)],
    ['reply', (page) => page.keyboard.press('r')],
    ['note', (page) => page.keyboard.press('Escape').then(() => page.keyboard.press('n'))],
    ['assign', (page) => page.keyboard.press('Escape').then(() => page.keyboard.press('a'))],
    ['pend', (page) => page.keyboard.press('Escape').then(() => page.keyboard.press('s'))],
    ['history', (page) => page.goto(`/tickets/${ticketId}?view=all_open&at=latest`)],
    ['union', (page) => page.goto(`/tickets/${union.id}?view=all_open`)],
    ['merge', (page) => page.keyboard.press('m')],
    ['merge preview', (page) => chooseTarget(page, union.otherNumber)],
    ['split', (page) => page.goto(`/tickets/${union.id}?view=all_open`).then(() => splitOff(page))],
    ['send later', (page) => page.keyboard.press('Escape').then(() => sendLater(page))],
    ['merged', (page) => page.goto(`/tickets/${union.mergedId}?view=all_open`)],
    ['held reply', (page) => page.goto(`/tickets/${held}?view=all_open`)],
    ['scheduled replies', (page) => page.goto('/tickets').then(() => scheduledReplies(page))],
    ['customers', (page) => page.goto('/customers')],
    ['customer', (page) => page.goto(`/customers/${customerId}`)],
    ['erase', (page) => page.locator('ld-customer-rights button').last().click()],
    ['erased', (page) => page.goto(`/customers/${erasedId}`)],
    ['teams', (page) => page.goto('/teams')],
    ['ledger', (page) => page.goto('/audit')],
    ['read models', (page) => page.goto('/read-models')],
    ['proof', (page) => page.goto('/audit/proof')],
    ['exports', (page) => page.goto('/audit/exports')],
    ['export with keys', (page) => page.locator('input[type=radio]').last().check()],
    ['account', (page) => page.goto('/account')],
    ['missing', (page) => page.goto('/nowhere')],
    ['palette', (page) => page.keyboard.press('Control+k')],
    ['shortcuts', (page) => page.keyboard.press('Escape').then(() => page.keyboard.press('?'))],
  ];

  it.each(process.env.NIGHTLY === undefined ? looks : [...looks, ...nightly])(
    'can be used by everybody: %s',
    async (look, options) => {
      const { page, context, errors } = await openPage(browser, options);
      const found: object[] = [];
      const inspect = async (screen: string): Promise<void> => {
        await page.locator(':is(h1, h2, [role=dialog]):visible').first().waitFor();
        await page.locator('ld-skeleton').first().waitFor({ state: 'detached' });
        await keepScreenshot(page, `${look.replaceAll(', ', '-')}/${screen.replaceAll(' ', '-')}`);
        for (const problem of await accessibilityProblems(page)) found.push({ screen, problem });
        for (const words of await cutOff(page)) found.push({ screen, cutOff: words });
        const tooWide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
        if (typeof tooWide === 'number' && tooWide > 0) found.push({ screen, tooWide });
      };
      await page.goto('/');
      await inspect('sign-in');
      await page.locator('input[type=email]').fill('owner@demo.test');
      await page.locator('input[type=password]').fill(demoPassword);
      await page.locator('form button[type=submit]').click();
      await page.waitForURL((url) => !url.pathname.includes('sign-in'));
      for (const [screen, go] of screens) {
        await go(page);
        await inspect(screen);
      }
      expect(found).toEqual([]);
      expect(errors).toEqual([]);
      await context.close();
    },
    240_000,
  );
});
