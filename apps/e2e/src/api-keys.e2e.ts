import type { Browser, Page } from 'playwright-core';
import { accessibilityProblems, cutOff, deskUrl, keepScreenshot, openBrowser, openPage, signIn } from './desk.js';

/** Not that of the example in the API description, which other journeys send as it stands. */
const NAME = 'Checkout of the shop';
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'de-DE' } as const;

describe('API keys', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  /** Status of a request with a key, as a program would send it. */
  async function asked(key: string, path: string, init: RequestInit = {}): Promise<number> {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    return (await fetch(`${deskUrl}/api/v1${path}`, { ...init, headers })).status;
  }

  const shownKey = (page: Page): Promise<string> => page.getByRole('textbox', { name: 'API key' }).inputValue();

  it('C6 is made, shown once, used, rolled and revoked', async () => {
    const { page, context, errors } = await openPage(browser);
    await signIn(page, 'owner');
    await page.goto('/administration');
    await page.getByRole('main').getByRole('link', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Make an API key' }).click();
    await page.getByLabel('Name').fill(NAME);
    await page.getByRole('checkbox', { name: 'Read tickets' }).check();
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, 'api-keys-create');
    await page.getByRole('dialog').getByRole('button', { name: 'Make an API key' }).click();
    await page.getByText('This is the only time that the key is shown.').waitFor();
    const first = await shownKey(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, 'api-keys-shown');
    await page.getByRole('button', { name: 'Done' }).click();

    expect(await asked(first, '/tickets')).toBe(200);
    expect(await asked(first, '/teams', { method: 'POST', body: JSON.stringify({ name: 'No' }) })).toBe(403);
    const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: NAME }) });
    await row.getByText(`ldk_live_…${first.slice(-4)}`).waitFor();
    expect(await page.content()).not.toContain(first);

    await row.getByRole('button', { name: `More: ${NAME}` }).click();
    await page.getByRole('menuitem', { name: 'Roll' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll' }).click();
    await page.getByText('This is the only time that the key is shown.').waitFor();
    const second = await shownKey(page);
    await page.getByRole('button', { name: 'Done' }).click();
    await row.getByText(`ldk_live_…${second.slice(-4)}`).waitFor();
    await row.getByText('The key before is good until').waitFor();
    expect([await asked(first, '/tickets'), await asked(second, '/tickets')]).toEqual([200, 200]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, 'api-keys');

    await row.getByRole('button', { name: `More: ${NAME}` }).click();
    await page.getByRole('menuitem', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await row.getByText('Revoked', { exact: true }).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it('are read on a phone, in the dark and in German', async () => {
    const { page, context, errors } = await openPage(browser, PHONE);
    await page.goto('/');
    await page.locator('input[type=email]').fill('owner@demo.test');
    await page.locator('input[type=password]').fill('ledgerdesk-demo');
    await page.locator('form button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.includes('sign-in'));
    await page.goto('/api-keys');
    await page.getByRole('heading', { name: 'API-Schlüssel', level: 1 }).waitFor();
    await page.getByRole('heading', { name: NAME }).waitFor();
    expect(await cutOff(page)).toEqual([]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, 'api-keys-phone');
    await page.getByRole('button', { name: 'API-Schlüssel anlegen' }).click();
    await page.getByLabel('Name').waitFor();
    expect(await cutOff(page)).toEqual([]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, 'api-keys-phone-create');
    expect(errors).toEqual([]);
    await context.close();
  });
});
