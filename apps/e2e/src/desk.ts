import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, chromium } from 'playwright-core';

/** Address of the desk that was started for the journeys. */
export const deskUrl = process.env.E2E_URL ?? 'http://localhost:3000';

export const demoPassword = 'ledgerdesk-demo';

/** Demo members by the part of their address before the @. */
export type DemoMember = 'owner' | 'admin' | 'supervisor' | 'agent' | 'light' | 'auditor';

/** Starts a browser; close it in `afterAll`. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** A page of its own session at desktop size, in English, which fails the journey when the desk reports an error on the console. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const context = await browser.newContext({
    baseURL: deskUrl,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  return { page, context, errors };
}

/** Signs a demo member in through the sign-in page and waits for the inbox. */
export async function signIn(page: Page, member: DemoMember): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Email').fill(`${member}@demo.test`);
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.includes('sign-in'));
}

/** What axe finds against WCAG 2.2 AA, one line each; empty when all is well. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.failureSummary ?? ''})`),
  );
}

/** Keeps a picture below the folder named by SCREENSHOTS; without it does nothing. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  const file = resolve(folder, `${name}.png`);
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file });
}

/** Buttons and links that stand out of a box which clips them sideways, so that nobody finds them; their words. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`
    [...document.querySelectorAll('button, a')].filter((control) => {
      const { left, right, width } = control.getBoundingClientRect();
      if (width === 0) return false;
      for (let box = control.parentElement; box !== null; box = box.parentElement) {
        if (getComputedStyle(box).overflowX === 'visible') continue;
        const edge = box.getBoundingClientRect();
        if (edge.width > 1 && (right > edge.right + 1 || left < edge.left - 1)) return true;
      }
      return false;
    }).map((control) => control.textContent.trim() || control.getAttribute('aria-label'))
  `);
}
