import type { Browser, Page } from 'playwright-core';
import {
  accessibilityProblems,
  cutOff,
  type DemoMember,
  keepScreenshot,
  openBrowser,
  openPage,
  signIn,
} from './desk.js';

describe('the administration of a workspace', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function signedIn(member: DemoMember, options?: Parameters<typeof openPage>[1]): ReturnType<typeof openPage> {
    const opened = await openPage(browser, options);
    await signIn(opened.page, member);
    return opened;
  }

  async function fine(page: Page, name: string): Promise<void> {
    await keepScreenshot(page, `administration/${name}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
  }

  it('changes a setting, which the audit shows with before and after and its place in the ledger', async () => {
    const { page, context, errors } = await signedIn('admin');
    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('heading', { name: 'Administration', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Workspace', exact: true }).click();
    const days = page.getByLabel('Closing');
    await days.waitFor();
    const before = await days.inputValue();
    const after = String((Number(before) % 300) + 1);
    await days.fill(after);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The settings were saved.').waitFor();
    await fine(page, 'workspace');

    await page.getByRole('link', { name: 'Changes', exact: true }).click();
    const change = page
      .getByRole('listitem')
      .filter({ hasText: `${before} days` })
      .filter({ hasText: `${after} days` })
      .first();
    await change.getByText('Tomasz Wójcik').waitFor();
    await fine(page, 'changes');
    await change.getByRole('link', { name: 'Its place in the ledger' }).click();
    await page.getByRole('complementary', { name: 'The event' }).getByText('ConfigureWorkspace').waitFor();

    await page.goto('/audit/configuration');
    await page.getByRole('listitem').filter({ hasText: 'Closing' }).getByText(`${after} days`).waitFor();
    await fine(page, 'configuration');
    expect(errors).toEqual([]);
    await context.close();
  });

  it('shows on a phone, too, and only what somebody may use', async () => {
    const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
    const auditor = await signedIn('auditor', phone);
    await auditor.page.goto('/administration');
    await auditor.page.getByRole('link', { name: 'Changes', exact: true }).waitFor();
    expect(await auditor.page.getByRole('main').getByRole('link', { name: 'Workspace', exact: true }).count()).toBe(0);
    await auditor.page.getByRole('link', { name: 'Changes', exact: true }).click();
    await auditor.page.getByRole('listitem').first().waitFor();
    await fine(auditor.page, 'changes-phone');
    await auditor.page.goto('/workspace');
    await auditor.page.waitForURL('**/denied');
    await auditor.context.close();

    const agent = await signedIn('agent');
    await agent.page.goto('/administration');
    await agent.page.waitForURL('**/denied');
    expect(await agent.page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    await agent.context.close();
  });
});
