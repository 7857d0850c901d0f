import type { Browser } from 'playwright-core';
import { openBrowser, openPage, signIn } from './desk.js';
import { type Member, memberOf } from './member.js';
import { newTicket, TicketPane } from './ticket-pane.js';

describe('a rebuild of the read models', () => {
  let browser: Browser;
  let supervisor: Member;
  beforeAll(async () => {
    [browser, supervisor] = await Promise.all([openBrowser(), memberOf('supervisor@demo.test')]);
  });
  afterAll(() => browser.close());

  it('M4 goes back and forth from the page of the admin, while agents work and see each other at once', async () => {
    const { id } = await newTicket(supervisor, 'Open while all is rebuilt');
    const agent = await openPage(browser);
    await signIn(agent.page, 'agent');
    const pane = new TicketPane(agent.page);
    await pane.open(id);
    const admin = await openPage(browser);
    await signIn(admin.page, 'admin');
    await admin.page.goto('/read-models');

    const changes = (name: string): ReturnType<typeof admin.page.getByRole> =>
      admin.page.getByRole('group', { name: `Change ${name}`, exact: true });
    const seen = async (note: string): Promise<void> => {
      await supervisor.post(`/tickets/${id}/notes`, { body: note });
      await pane.message('Note', note).waitFor();
    };
    for (const name of ['timeline', 'inbox']) {
      await changes(name).getByRole('button', { name: 'Rebuild' }).click();
      await seen(`Written while ${name} was built.`);
      await changes(name).getByRole('button', { name: 'Roll back' }).waitFor();
      await seen(`Written after the switch of ${name}.`);
    }
    await changes('timeline').getByRole('button', { name: 'Roll back' }).click();
    await seen('Written while all went back.');

    await agent.page.reload();
    await pane.message('Note', 'Written while inbox was built.').waitFor();
    await pane.message('Note', 'Written after the switch of timeline.').waitFor();
    expect([...agent.errors, ...admin.errors]).toEqual([]);
    await Promise.all([agent.context.close(), admin.context.close()]);
  });
});
