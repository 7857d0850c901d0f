// `npm run screenshots [-- URL]`: takes the pictures of docs/images from the demo workspace of a running desk.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { checkout } from './services/places.mjs';
import { findChromium } from './test/browser.mjs';

const url = process.argv[2] ?? 'http://localhost:3000';
const folder = join(checkout, 'docs/images');
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
try {
  for (const colorScheme of ['light', 'dark']) {
    const agent = await signedIn('agent@demo.test', desktop, colorScheme);
    await openStory(agent);
    await take(agent, `inbox-${colorScheme}`);
    await agent.goto(`${new URL(agent.url()).origin}${new URL(agent.url()).pathname}?at=latest`);
    await agent.getByRole('slider').focus();
    await agent.keyboard.press('ArrowLeft');
    await take(agent, `slider-${colorScheme}`);
    const small = await signedIn('supervisor@demo.test', phone, colorScheme);
    await take(small, `phone-inbox-${colorScheme}`);
    await openStory(small);
    await take(small, `phone-ticket-${colorScheme}`);
  }
  const auditor = await signedIn('auditor@demo.test', desktop, 'light');
  await auditor.goto(`${url}/audit`);
  await auditor.getByRole('row').nth(3).waitFor();
  await take(auditor, 'ledger-light');
} finally {
  await browser.close();
}

async function signedIn(email, viewport, colorScheme) {
  const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('ledgerdesk-demo');
  await page.keyboard.press('Enter');
  await page.locator('a[href*="/tickets/"]').first().waitFor();
  return page;
}

/** A ticket in which a customer, an agent and a note speak. */
async function openStory(page) {
  await page.locator('a[href*="/tickets/"]', { hasText: 'Parcel has not moved' }).click();
  await page.getByText('Carrier hotline').waitFor();
}

async function take(page, name) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  console.log(`docs/images/${name}.png`);
}
