import type { Browser } from 'playwright-core';
import { accessibilityProblems, keepScreenshot, openBrowser, openPage, signIn } from './desk.js';
import { eventually, type Member, memberOf } from './member.js';
import { newTicket, TicketPane } from './ticket-pane.js';

describe('a reply that has not left yet', () => {
  let browser: Browser;
  let supervisor: Member;
  beforeAll(async () => {
    [browser, supervisor] = await Promise.all([openBrowser(), memberOf('supervisor@demo.test')]);
  });
  afterAll(() => browser.close());

  async function agentAt(subject: string): Promise<{ id: string; pane: TicketPane; errors: string[] }> {
    const { id } = await newTicket(supervisor, subject);
    const { page, errors } = await openPage(browser);
    await signIn(page, 'agent');
    const pane = new TicketPane(page);
    await pane.open(id);
    return { id, pane, errors };
  }

  it('is taken back with its text, also after a reload, and leaves once when it is sent', async () => {
    const { id, pane, errors } = await agentAt('Taken back');
    const { page } = pane;
    await page.getByRole('button', { name: /^Reply to / }).click();
    const box = page.getByRole('textbox', { name: 'Write a reply the customer will read' });
    await box.fill('Too early.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const waiting = page.getByRole('list', { name: 'Replies that wait' });
    await waiting.getByRole('button', { name: 'Undo' }).click();
    await box.waitFor();
    expect(await box.inputValue()).toBe('Too early.');
    await page.reload();
    await box.waitFor();
    expect(await box.inputValue()).toBe('Too early.');
    await box.fill('Just in time.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await waiting.getByText(/Sending in \d+ s …/).waitFor();
    // Nothing is clicked before it leaves by itself, so it does not matter how long these take.
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepScreenshot(page, 'reply-sending');
    await pane.message('Reply', 'Just in time.').waitFor();
    await waiting.waitFor({ state: 'detached' });
    const { body } = await supervisor.get(`/tickets/${id}/timeline`);
    const sent = (body.data as { type: string }[]).filter(({ type }) => type === 'PublicReplySent');
    expect(sent).toHaveLength(1);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is scheduled, listed, held by a message that arrives, and sent by who has read it', async () => {
    const { id, pane, errors } = await agentAt('Sent later');
    const { page } = pane;
    await page.getByRole('button', { name: /^Reply to / }).click();
    await page.getByRole('textbox', { name: 'Write a reply the customer will read' }).fill('Tomorrow then.');
    await page.getByRole('button', { name: 'Send later' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await pane
      .dialog()
      .getByRole('button', { name: /Tomorrow morning/ })
      .click();
    const waiting = page.getByRole('list', { name: 'Replies that wait' });
    await waiting.getByText(/Will be sent /).waitFor();
    await page.getByRole('button', { name: /Scheduled replies/ }).click();
    await pane.dialog().getByText('Tomorrow then.').waitFor();
    await keepScreenshot(page, 'scheduled-replies');
    expect(await accessibilityProblems(page)).toEqual([]);
    await pane.dialog().getByRole('button', { name: 'Close' }).click();
    await supervisor.post(`/tickets/${id}/messages`, { body: 'Today, please.' });
    await waiting.getByRole('button', { name: 'Send now' }).click();
    await waiting.getByRole('alert').filter({ hasText: 'something arrived' }).waitFor();
    await pane.story.getByText('Today, please.').first().waitFor();
    await waiting.getByRole('button', { name: 'Send anyway' }).click();
    await pane.message('Reply', 'Tomorrow then.').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('undo takes a change back, from the message at the edge and from the story', async () => {
    const { id, pane, errors } = await agentAt('Undone');
    const { page } = pane;
    await pane.choose('Priority', 'Urgent');
    await pane.shows('Priority', 'Urgent');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await pane.shows('Priority', 'Normal');
    await page.getByRole('button', { name: 'Redo', exact: true }).click();
    await pane.shows('Priority', 'Urgent');
    await supervisor.post(`/tickets/${id}/tag`, { tags: ['vip'] });
    await pane.story.getByRole('button', { name: /^Undo: tagged vip/ }).click();
    await eventually(
      () => supervisor.get(`/tickets/${id}`),
      ({ body }) => Array.isArray(body.tags) && body.tags.length === 0 && body.priority === 'urgent',
    );
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
