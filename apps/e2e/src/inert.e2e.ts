import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { deskUrl, openBrowser, openPage, signIn } from './desk.js';
import { eventually, memberOf } from './member.js';

/** Each would leave a mark if any of the languages it is written in were spoken to it. */
const hostile = [
  `{{constructor.constructor('window.pwned=1')()}}`,
  '{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {% raw %}',
  '<img src=/pwned onerror=window.pwned=1><svg/onload=window.pwned=1>',
  '<script>window.pwned=1</script>',
  '[click](javascript:window.pwned=1) javascript:window.pwned=1',
  '{{name}} {{count}} {name, plural, other {x}}',
];

describe('texts of strangers', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('D3 are shown as they were written, wherever they stand, and do nothing', async () => {
    const agent = await memberOf('agent@demo.test');
    const mark = `inert${randomBytes(6).toString('hex')}`;
    const name = hostile[0] ?? '';
    const { body: ticket } = await agent.post('/tickets', {
      subject: `${mark} ${hostile[1] ?? ''} ${hostile[2] ?? ''}`,
      body: hostile.join('\n'),
      category: '{{7*7}}',
      tags: [mark],
      customFields: { plan: hostile[3] ?? '' },
      requester: { email: `${mark}@example.com`, name },
    });
    const id = ticket.id as string;
    for (const text of hostile) await agent.post(`/tickets/${id}/notes`, { body: `${mark} ${text}` });
    await agent.post(`/tickets/${id}/assign`, { assigneeId: agent.memberId, reason: hostile[5] });
    const found = await eventually(
      () => agent.get(`/tickets?tag=${mark}`),
      ({ body }) => (body.data as object[]).length === 1,
    );
    const [{ requester }] = found.body.data as [{ requester: { customerId: string } }];

    const { page, context, errors } = await openPage(browser);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('dialog', (dialog) => {
      errors.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await signIn(page, 'agent');
    await page.goto(`/tickets/${id}?q=${mark}`);
    await page.getByRole('list', { name: 'Tickets' }).getByText('{{7*7}} ${7*7}').first().waitFor();
    const story = page.getByRole('region', { name: 'Ticket', exact: true });
    for (const text of hostile) await story.getByText(text).first().waitFor();
    await page.goto(`/customers/${requester.customerId}`);
    await page.getByRole('main').getByText(name).first().waitFor();

    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(await page.title()).toContain('Ledgerdesk');
    expect(asked.filter((url) => !url.startsWith(deskUrl) || url.endsWith('/pwned'))).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });
});
