import type { Browser, Page } from 'playwright-core';
import { accessibilityProblems, keepScreenshot, openBrowser, openPage, signIn } from './desk.js';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

const head = (page: Page, name: string): ReturnType<Page['getByRole']> =>
  page.getByRole('columnheader', { name: new RegExp(`^${name}`, 'u') });

async function openRoles(page: Page): Promise<void> {
  await page.goto('/roles');
  await head(page, 'Light agent').waitFor();
}

describe('the roles of a workspace', () => {
  it('are compared, copied, changed and retired', async () => {
    const { page, errors } = await openPage(browser);
    await signIn(page, 'owner');
    await openRoles(page);
    const name = `Returns ${String(Date.now())}`;

    await page.getByRole('button', { name: 'More about Agent' }).click();
    await page.getByRole('menuitem', { name: 'Copy to a new role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the role').fill(name);
    await dialog.getByRole('checkbox', { name: 'See tickets', exact: true }).uncheck();
    await dialog.getByRole('checkbox', { name: 'Answer customers', checked: false }).waitFor();
    await dialog.getByRole('checkbox', { name: 'Answer customers' }).check();
    await dialog.getByRole('checkbox', { name: 'See tickets', exact: true, checked: true }).waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await head(page, name).waitFor();

    await page.getByRole('button', { name: `More about ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Change role' }).click();
    await dialog.getByLabel('Name of the role').fill(`${name} and refunds`);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await head(page, `${name} and refunds`).waitFor();

    await page.getByRole('button', { name: `More about ${name} and refunds` }).click();
    await page.getByRole('menuitem', { name: 'Retire' }).click();
    await head(page, `${name} and refunds`).waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
  });

  it('C4 are nobody’s business who may not manage them', async () => {
    const { page } = await openPage(browser);
    await signIn(page, 'supervisor');
    await openRoles(page);
    expect(await page.getByRole('button', { name: 'New role' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^More about/u }).count()).toBe(0);
  });

  it.each([
    ['light', { width: 1440, height: 900 }],
    ['dark', { width: 1440, height: 900 }],
    ['light', { width: 390, height: 844 }],
    ['dark', { width: 390, height: 844 }],
  ] as const)('read well in the %s theme at %j', async (colorScheme, viewport) => {
    const { page } = await openPage(browser, { colorScheme, viewport });
    await signIn(page, 'admin');
    await openRoles(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, `roles-${colorScheme}-${String(viewport.width)}`);
    await page.getByRole('button', { name: 'New role' }).click();
    await page.getByRole('dialog').getByLabel('Name of the role').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, `role-dialog-${colorScheme}-${String(viewport.width)}`);
  });
});
