import type { Browser } from 'playwright-core';
import { accessibilityProblems, keepScreenshot, openBrowser, openPage, signIn } from './desk.js';

describe('signing in', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('leads from the first page to the inbox', async () => {
    const { page, context, errors } = await openPage(browser);
    await page.goto('/');
    await page.getByLabel('Email').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, 'sign-in');
    await signIn(page, 'agent');
    await page.getByRole('main').waitFor();
    await keepScreenshot(page, 'inbox');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });

  it('refuses a wrong password without saying what was wrong', async () => {
    const { page, context } = await openPage(browser);
    await page.goto('/');
    await page.getByLabel('Email').fill('agent@demo.test');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.locator('form button[type=submit]').click();
    await page.getByRole('alert').getByText(/./).first().waitFor();
    expect(new URL(page.url()).pathname).toContain('sign-in');
    await context.close();
  });
});
