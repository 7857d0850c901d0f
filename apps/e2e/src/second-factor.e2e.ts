import type { Browser, Page } from 'playwright-core';
import { authenticatorCode } from '@ledgerdesk/testing';
import { accessibilityProblems, demoPassword, keepScreenshot, openBrowser, openPage } from './desk.js';
import { asSuperuser } from './storage.js';

describe('a second factor', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function signIn(page: Page, email: string, code?: string): Promise<void> {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(demoPassword);
    if (code !== undefined) await page.getByLabel('Code').fill(code);
    await page.locator('form button[type=submit]').click();
  }

  const inside = (page: Page): Promise<void> => page.getByRole('navigation', { name: 'Areas' }).waitFor();

  it('B6 B12 is set up with an authenticator; then the password alone opens nothing, and a backup code does', async () => {
    const { page, context } = await openPage(browser);
    try {
      await page.goto('/');
      await signIn(page, 'daniel@demo.test');
      await inside(page);
      await page.goto('/account');
      const section = page.getByRole('region', { name: 'Second factor' });
      await section.getByRole('button', { name: 'Set up a second factor' }).click();
      await section.getByLabel('Current password', { exact: true }).fill(demoPassword);
      await section.getByRole('button', { name: 'Continue' }).click();
      await section.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await keepScreenshot(page, 'second-factor-qr');
      const secret = (await section.locator('.secret code').textContent()) ?? '';
      await section.getByLabel('Code that the app shows').fill(authenticatorCode(secret.replaceAll(/\s/g, '')));
      await section.getByRole('button', { name: 'Turn on' }).click();
      const codes = section.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
      await codes.first().waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      const [first = ''] = await codes.allTextContents();
      await section.getByRole('button', { name: 'I have kept them' }).click();
      await section.getByText('10 of 10 backup codes left').waitFor();

      await page.getByRole('button', { name: 'profile and settings' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await signIn(page, 'daniel@demo.test');
      await page.getByText('Email or password is not right, or the code is missing.').waitFor();
      await signIn(page, 'daniel@demo.test', first.trim());
      await inside(page);
    } finally {
      await asSuperuser((client) => client.query('delete from second_factor'));
      await context.close();
    }
  });

  it('B12 what can not be taken back asks for the password, and goes on by itself', async () => {
    const { page, context } = await openPage(browser);
    await page.goto('/');
    await signIn(page, 'auditor@demo.test');
    await inside(page);
    await asSuperuser((client) => client.query(`update session set proved_at = proved_at - interval '1 hour'`));
    // The next token is made from the cookie, and says how long ago that was.
    await page.goto('/audit/exports');
    await page.locator('ld-exports-page form button[type=submit]').click();
    const dialog = page.getByRole('dialog', { name: 'Show that it is you' });
    await dialog.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, 'step-up');
    await dialog.getByLabel('Current password', { exact: true }).fill('not the password');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByText('Password or code is not right.').waitFor();
    await dialog.getByLabel('Current password', { exact: true }).fill(demoPassword);
    const answered = page.waitForResponse(
      (answer) => answer.url().endsWith('/ledger/exports') && answer.request().method() === 'POST',
    );
    await dialog.getByRole('button', { name: 'Go on' }).click();
    expect((await answered).status()).toBe(202);
    await dialog.waitFor({ state: 'detached' });
    await context.close();
  });
});
