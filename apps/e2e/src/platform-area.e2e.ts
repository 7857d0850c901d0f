import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { ledgerdesk } from './command-line.js';
import { accessibilityProblems, cutOff, keepScreenshot, openBrowser, openPage } from './desk.js';

const PASSWORD = 'four quiet boats at noon';
const ADMIN = 'olena@platform.test';
const OWNER = 'ada@acme.test';

const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light, wide, English', { ...wide, colorScheme: 'light', locale: 'en-GB' }],
  ['dark, phone, German', { ...phone, colorScheme: 'dark', locale: 'de-DE' }],
];

describe('the platform', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    browser = await openBrowser();
    folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-platform-'));
    const file = join(folder, 'password');
    writeFileSync(file, `${PASSWORD}\n`, { mode: 0o600 });
    const data = process.env.E2E_DATA ?? '';
    const workspace = ['--name', 'Acme Logistics', '--slug', 'acme-logistics', '--email', OWNER];
    const made = await ledgerdesk(data, 'create-workspace', ...workspace, '--password-file', file);
    expect(made).toMatchObject({ code: 0 });
    const name = ['--name', 'Olena Marchuk'];
    const added = await ledgerdesk(data, 'platform-admin', 'add', '--email', ADMIN, ...name, '--password-file', file);
    expect(added).toMatchObject({ code: 0, output: expect.stringContaining('is a platform admin now') as string });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function signIn(page: Page, address: string, email: string): Promise<void> {
    await page.goto(address);
    await page.locator('input[type=email]').fill(email);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('form button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.includes('sign-in'));
  }

  async function look(page: Page, name: string): Promise<void> {
    await keepScreenshot(page, name);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
  }

  it('C8 C12 suspends a workspace, whose people read why, and acts as a member until it is ended', async () => {
    const owner = await openPage(browser);
    await signIn(owner.page, '/', OWNER);
    const { page, errors, context } = await openPage(browser);
    await signIn(page, '/platform', ADMIN);
    await page.getByRole('textbox', { name: 'Search by name' }).fill('acme');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Acme Logistics' }).click();

    await page.getByRole('button', { name: 'Suspend' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Unpaid since September.');
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
    await page.getByRole('heading', { name: 'Suspended since' }).waitFor();
    await owner.page.reload();
    await owner.page.getByText('This workspace is suspended').waitFor();
    await owner.page.getByText('Unpaid since September.').waitFor();

    await page.getByRole('button', { name: 'Reactivate' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Paid.');
    await page.getByRole('dialog').getByRole('button', { name: 'Reactivate' }).click();
    await page.getByRole('button', { name: 'Suspend' }).waitFor();

    await page.getByRole('button', { name: /^Act as.*ada/ }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Her views are empty.');
    await page.getByRole('dialog').getByRole('button', { name: 'Act as' }).click();
    const banner = page.getByRole('status').filter({ hasText: 'You act as ada in Acme Logistics' });
    await banner.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await banner.getByRole('button').allTextContents()).toEqual([expect.stringContaining('End now')]);
    await banner.getByRole('button', { name: 'End now' }).click();
    await page.getByRole('heading', { name: 'Acme Logistics' }).waitFor();
    expect([...errors, ...owner.errors]).toEqual([]);
    await Promise.all([context.close(), owner.context.close()]);
  });

  it.each(looks)('is clear and complete: %s', async (name, options) => {
    const { page, errors, context } = await openPage(browser, options);
    await page.goto('/platform');
    await page.locator('input[type=email]').waitFor();
    await look(page, `platform/sign-in, ${name}`);
    await signIn(page, '/platform', ADMIN);
    await page.locator('tbody tr').first().waitFor();
    await look(page, `platform/workspaces, ${name}`);
    await page.locator('tbody a', { hasText: 'Northwind' }).click();
    await page.locator('ld-platform-workspace-page li').first().waitFor();
    await look(page, `platform/workspace, ${name}`);
    await page.locator('ld-platform-workspace-page li button').first().click();
    await page.locator('textarea').fill('Her views are empty.');
    await look(page, `platform/act as, ${name}`);
    await page.locator('mat-dialog-actions button').last().click();
    await page.locator('ld-workspace-banners .acting').waitFor();
    await page.locator('main ld-ticket-row, main ld-state').first().waitFor();
    await look(page, `platform/acting, ${name}`);
    await page.locator('ld-workspace-banners button').click();
    await page.locator('ld-platform-workspace-page li').first().waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });
});
