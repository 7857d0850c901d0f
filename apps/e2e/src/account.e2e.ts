import type { Browser, Page } from 'playwright-core';
import { accessibilityProblems, demoPassword, keepScreenshot, openBrowser, openPage } from './desk.js';
import { memberOf } from './member.js';

const EMAIL = 'samir@demo.test';
const SECOND = 'three quiet boats at noon';
/** Five seconds until the server cuts the line, and what a busy machine takes to ask once more and to draw the page. */
const SIGNED_OUT_MILLISECONDS = 7_000;

describe('the own account', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const isSignIn = (url: URL): boolean => url.pathname === '/sign-in';

  async function signIn(page: Page, password: string): Promise<void> {
    await page.getByLabel('Email').fill(EMAIL);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.locator('form button[type=submit]').click();
  }

  async function signedIn(password = demoPassword): Promise<Awaited<ReturnType<typeof openPage>>> {
    const opened = await openPage(browser);
    await opened.page.goto('/');
    await signIn(opened.page, password);
    await opened.page.getByRole('navigation', { name: 'Areas' }).waitFor();
    return opened;
  }

  async function changePassword(page: Page, current: string, replacement: string): Promise<void> {
    await page.getByLabel('Current password', { exact: true }).fill(current);
    await page.getByLabel('New password', { exact: true }).fill(replacement);
    await page.getByRole('button', { name: 'Change password' }).click();
  }

  it('B9 shows where somebody is signed in, and ending that signs out the other browser within seconds', async () => {
    const [here, elsewhere] = [await signedIn(), await signedIn()];
    const { page } = here;
    await page.getByRole('button', { name: 'profile and settings' }).click();
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    const sessions = page.getByRole('region', { name: 'Where you are signed in' });
    const current = sessions.getByRole('listitem').filter({ hasText: 'This device' });
    await current.getByRole('heading', { name: 'Chrome on Linux' }).waitFor();
    expect(await current.getByRole('button').count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, 'account');

    await sessions.getByRole('button', { name: 'End: Chrome on Linux' }).first().click();
    await elsewhere.page.waitForURL(isSignIn, { timeout: SIGNED_OUT_MILLISECONDS });
    await page.getByText('The session was ended.').waitFor();
    await page.reload();
    await current.waitFor();

    await signIn(elsewhere.page, demoPassword);
    await elsewhere.page.waitForURL((url) => !isSignIn(url));
    await page.reload();
    await page.getByRole('button', { name: 'End all others' }).click();
    await elsewhere.page.waitForURL(isSignIn, { timeout: SIGNED_OUT_MILLISECONDS });
    expect(here.errors).toEqual([]);
    await Promise.all([here.context.close(), elsewhere.context.close()]);
  });

  it('B9 changes the password: the new one opens the door, the old one does not, and others are signed out', async () => {
    const [here, elsewhere] = [await signedIn(), await signedIn()];
    const { page } = here;
    try {
      await page.keyboard.press('g');
      await page.keyboard.press('a');
      await changePassword(page, 'not the password', SECOND);
      await page.getByText('This is not your current password.').waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await keepScreenshot(page, 'account-refused');
      await changePassword(page, demoPassword, 'Password1234');
      await page.getByText('This is one of the first that everybody tries.').waitFor();
      await changePassword(page, demoPassword, SECOND);
      await page.getByText('Your password was changed.').waitFor();

      const other = elsewhere.page;
      await other.waitForURL(isSignIn, { timeout: SIGNED_OUT_MILLISECONDS });
      await signIn(other, demoPassword);
      await other.getByText('Email or password is not right').waitFor();
      await signIn(other, SECOND);
      await other.waitForURL((url) => !isSignIn(url));
      await page.reload();
      await page.getByRole('heading', { name: 'Your account' }).waitFor();
    } finally {
      await restorePassword();
    }
    await Promise.all([here.context.close(), elsewhere.context.close()]);
  });

  /** Other journeys sign in with the password of the demo. */
  async function restorePassword(): Promise<void> {
    const member = await memberOf(EMAIL, undefined, SECOND).catch(() => undefined);
    await member?.post('/me/password', { current: SECOND, new: demoPassword });
  }
});
