import { chromium } from 'playwright-core';
import { findChromium } from '../test/browser.mjs';
import { openingRequests } from './open-tickets.bench.mjs';
import { percentiles } from './percentiles.mjs';
import { session } from './session.mjs';

export const name = 'live';
export const order = 35;

const NOTES = 200;
const MILLISECONDS_BETWEEN = 50;

/**
 * One agent has a ticket open in a browser while another adds notes to it: from the answer of a command to the frame that shows its
 * note. @returns {Promise<import('./report.mjs').Figure[]>}
 */
export async function measure({ desk }) {
  const executablePath = findChromium();
  if (executablePath === undefined) return [];
  const writer = await session(desk.url, 'supervisor@demo.test');
  const { method, headers, body } = openingRequests(NOTES)();
  const opened = await writer.call('/tickets', { method, headers, body });
  const { id } = await opened.json();
  await writer.call(`/tickets/${id}/notes`, { method: 'POST', body: JSON.stringify({ body: 'On it.' }) });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  try {
    const page = await openTicket(browser, desk.url, id);
    const delays = [];
    for (let index = 0; index < NOTES; index += 1) {
      const marker = `pixel-${index}-`;
      const answer = await writer.call(`/tickets/${id}/notes`, {
        method: 'POST',
        body: JSON.stringify({ body: `${marker} The printer is back.` }),
      });
      const committed = performance.timeOrigin + performance.now();
      if (!answer.ok) throw new Error(`Adding a note was answered with ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
      const shown = await page.waitForFunction((text) => globalThis.painted[text], marker, { timeout: 5_000 });
      // The push may overtake the answer.
      delays.push(Math.max(0, (await shown.jsonValue()) - committed));
      await new Promise((resolve) => setTimeout(resolve, MILLISECONDS_BETWEEN));
    }
    const { p50, p95 } = percentiles(delays.slice(NOTES / 10));
    return [
      { what: "committed → another agent's pixel, p50", value: p50, unit: 'ms', better: 'less', goal: 50 },
      { what: "committed → another agent's pixel, p95", value: p95, unit: 'ms', better: 'less', goal: 200 },
    ];
  } finally {
    await browser.close();
  }
}

/** A page that shows the ticket and keeps when each marker was painted, in milliseconds since the epoch. */
async function openTicket(browser, url, id) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(url);
  await page.getByLabel('Email').fill('agent@demo.test');
  await page.getByLabel('Password', { exact: true }).fill('ledgerdesk-demo');
  await page.locator('form button[type=submit]').click();
  await page.waitForURL((address) => !address.pathname.includes('sign-in'));
  await page.goto(`${url}/tickets/${id}`);
  await page.getByText('On it.', { exact: true }).first().waitFor();
  await page.evaluate(() => {
    globalThis.painted = {};
    const watching = new globalThis.MutationObserver((changes) => {
      const texts = changes.flatMap(({ target, addedNodes }) =>
        [target, ...addedNodes].map((node) => node.textContent),
      );
      const found = texts.flatMap((text) => text.match(/pixel-\d+-/g) ?? []);
      // A message that is posted in a frame arrives after that frame was painted.
      globalThis.requestAnimationFrame(() => {
        const { port1, port2 } = new globalThis.MessageChannel();
        port1.onmessage = () => {
          for (const marker of found) globalThis.painted[marker] ??= performance.timeOrigin + performance.now();
        };
        port2.postMessage(undefined);
      });
    });
    watching.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return page;
}
