import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { accessibilityProblems, openBrowser, openPage, signIn } from './desk.js';
import { eventually, type Member, memberOf } from './member.js';
import { newTicket } from './ticket-pane.js';

describe('an auditor', () => {
  let browser: Browser;
  let agent: Member;
  let auditor: Member;
  beforeAll(async () => {
    [browser, agent, auditor] = await Promise.all([
      openBrowser(),
      memberOf('agent@demo.test'),
      memberOf('auditor@demo.test'),
    ]);
  });
  afterAll(() => browser.close());

  it('browses the ledger, follows an event to its ticket, and is seen reading', async () => {
    const { id, number } = await newTicket(agent, 'Looked at by an auditor');
    await agent.post(`/tickets/${id}/notes`, { body: 'Nobody outside sees this.' });
    await agent.post(`/tickets/${id}/prioritise`, { priority: 'urgent' });
    const { page, context, errors } = await openPage(browser);
    await signIn(page, 'auditor');
    await page.getByRole('link', { name: 'Ledger', exact: true }).click();
    const table = page.getByRole('table', { name: 'Ledger' });
    await table.getByRole('row').nth(1).waitFor();

    const filters = page.getByRole('search', { name: 'Filters of the ledger' });
    await filters.getByLabel('Stream').fill(`ticket-${id}`);
    await filters.getByLabel('Stream').press('Tab');
    await eventually(
      () => table.getByRole('row').count(),
      (rows) => rows === 5,
    );
    await filters.getByLabel('Event').selectOption({ label: 'Priority changed' });
    await eventually(
      () => table.getByRole('row').count(),
      (rows) => rows === 2,
    );
    await table.getByRole('button', { name: 'Priority changed' }).click();
    const details = page.getByRole('complementary', { name: 'The event' });
    for (const word of ['Maya Lindqvist', 'command:PrioritiseTicket', '"priority": "urgent"'])
      await details.getByText(word).first().waitFor();
    await details.getByRole('link', { name: 'Ticket at this moment' }).click();
    await page.getByText('Chain verified').waitFor();
    await page.getByRole('heading', { name: `Ledger #${String(number)}` }).waitFor();
    expect(await page.getByRole('group', { name: 'Answer' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Show texts' }).click();
    await page.getByText('Nobody outside sees this.').first().waitFor();
    await eventually(
      () => auditor.get('/ledger?type=MessageTextRead&limit=20'),
      ({ text }) => text.includes(id),
    );
    expect(errors).toEqual([]);
    await context.close();
  });

  it('has the ledger checked, and gets a report of what was checked and what was not', async () => {
    const { page, context, errors } = await openPage(browser);
    await signIn(page, 'auditor');
    await page.getByRole('link', { name: 'Ledger', exact: true }).click();
    await page.getByRole('link', { name: 'Proof' }).click();
    await page.getByRole('button', { name: 'Check now' }).click();
    const report = page.getByRole('region', { name: 'The report' });
    await report.getByRole('heading', { name: 'The ledger holds' }).waitFor();
    await report.getByRole('heading', { name: 'What was not checked' }).waitFor();
    const download = page.waitForEvent('download');
    await report.getByRole('button', { name: 'Download the signed report' }).click();
    const file = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as {
      report: string;
      publicKey: string;
    };
    expect(JSON.parse(file.report)).toMatchObject({ finding: null });
    await report.getByText(file.publicKey).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });
});
