import type { Browser } from 'playwright-core';
import { openBrowser, openPage, signIn } from './desk.js';
import { eventually, type Member, memberOf } from './member.js';
import { newTicket, TicketPane } from './ticket-pane.js';

describe('an agent at an open ticket', () => {
  let browser: Browser;
  let agent: Member;
  let owner: Member;
  beforeAll(async () => {
    [browser, agent, owner] = await Promise.all([
      openBrowser(),
      memberOf('agent@demo.test'),
      memberOf('owner@demo.test'),
    ]);
  });
  afterAll(() => browser.close());

  /** Waits until the ledger holds events of all these types about a ticket: the screen shows a wish before it is one. */
  async function ledgerHolds(id: string, ...types: string[]): Promise<void> {
    await eventually(
      () => owner.get(`/tickets/${id}/ledger`),
      ({ body }) => types.every((type) => (body.data as { type: string }[]).some((event) => event.type === type)),
    );
  }

  async function atTicket(subject: string): Promise<{
    pane: TicketPane;
    id: string;
    number: number;
    leave: () => Promise<void>;
  }> {
    const { id, number } = await newTicket(agent, subject);
    const { page, context, errors } = await openPage(browser);
    await signIn(page, 'agent');
    const pane = new TicketPane(page);
    await pane.open(id);
    const leave = async (): Promise<void> => {
      expect(errors).toEqual([]);
      await context.close();
    };
    return { pane, id, number, leave };
  }

  it('answers, notes, and sets every field', async () => {
    const { pane, id, leave } = await atTicket('Every field once');
    const { page } = pane;
    await pane.reply('We are looking into it.');
    await pane.note('Ask the warehouse first.');
    await pane.shows('Status', 'Open');

    await pane.choose('Priority', 'Urgent');
    await pane.shows('Priority', 'Urgent');

    await pane.field('Assignee').click();
    await pane.dialog().getByLabel('Why (optional)').fill('Knows the customer');
    await pane.dialog().getByRole('option', { name: 'Daniel Ferreira' }).click();
    await pane.shows('Assignee', 'Daniel Ferreira');
    await pane.field('Team').click();
    await pane.dialog().getByRole('option', { name: 'Technical support' }).click();
    await pane.shows('Team', 'Technical support');

    await pane.field('Category').click();
    await pane.dialog().getByLabel('Category', { exact: true }).fill('Deliveries');
    await pane.dialog().getByLabel('Subcategory').fill('Late');
    await pane.dialog().getByRole('button', { name: 'Save' }).click();
    await pane.shows('Category', 'Deliveries');

    await page.getByRole('button', { name: 'Add tag' }).click();
    await page.getByRole('textbox', { name: 'Add tag' }).fill('parcel, fragile');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take off tag fragile' }).click();
    await page.getByRole('button', { name: 'Take off tag fragile' }).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Rename' }).fill('Every field, renamed');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Every field, renamed' }).waitFor();

    await pane.more('Custom fields');
    await pane.dialog().getByLabel('Name').fill('order_number');
    await pane.dialog().getByLabel('Value').fill('NW-1');
    await pane.dialog().getByRole('button', { name: 'Save' }).click();
    await eventually(
      () => agent.get(`/tickets/${id}`),
      ({ body }) => (body.customFields as Record<string, unknown>).order_number === 'NW-1',
    );
    await ledgerHolds(
      id,
      'PublicReplySent',
      'NoteAdded',
      'TicketPrioritised',
      'TicketAssigned',
      'TicketCategorised',
      'TicketTagged',
      'TicketUntagged',
      'TicketRenamed',
      'CustomFieldSet',
    );
    await leave();
  });

  it('leads it through every status', async () => {
    const { pane, id, leave } = await atTicket('Every status once');
    const { page } = pane;
    await pane.choose('Status', 'Pending until');
    await pane.dialog().getByRole('button', { name: 'Tomorrow morning' }).click();
    await pane.shows('Status', 'Pending');
    await pane.choose('Status', 'Put on hold');
    await pane.shows('Status', 'On hold');
    await pane.choose('Status', 'Open');
    await pane.shows('Status', 'Open');
    await pane.reply('It is done.', 'Send, solve');
    await pane.shows('Status', 'Solved');
    await pane.choose('Status', 'Open');
    await pane.shows('Status', 'Open');
    await pane.more('Mark as spam');
    await pane.shows('Status', 'Spam');
    await pane.choose('Status', 'Restore');
    await pane.shows('Status', 'Open');
    await pane.more('Move to trash');
    await pane.shows('Status', 'Trashed');
    await pane.choose('Status', 'Restore');
    await pane.shows('Status', 'Open');
    await pane.choose('Status', 'Solve');
    await pane.shows('Status', 'Solved');
    await pane.choose('Status', 'Close for good');
    await pane.shows('Status', 'Closed');
    expect(await page.getByRole('button', { name: /^Reply to / }).count()).toBe(0);
    await ledgerHolds(
      id,
      'TicketPended',
      'TicketHeld',
      'TicketReopened',
      'TicketSolved',
      'TicketMarkedSpam',
      'TicketTrashed',
      'TicketRestored',
      'TicketClosed',
    );
    await leave();
  });

  it('links it to another, and hands it off', async () => {
    const other = await newTicket(agent, 'The other one');
    const { pane, id, leave } = await atTicket('Linked and handed off');
    const { page } = pane;
    await pane.more('Link a ticket');
    await pane.dialog().getByLabel('Number or words of the other ticket').fill(String(other.number));
    await pane
      .dialog()
      .getByRole('button', { name: /The other one/ })
      .click();
    await page
      .getByRole('link', { name: /The other one/ })
      .first()
      .waitFor();
    await page
      .getByRole('button', { name: `Take the link to #${String(other.number)} away` })
      .first()
      .click();

    await pane.more('Hand off');
    await pane.dialog().getByRole('combobox').click();
    await page.getByRole('option', { name: 'Aiko Tanaka' }).click();
    await pane.dialog().getByLabel('Done').fill('Checked the order.');
    await pane.dialog().getByLabel('Next').fill('Accounting sends the invoice.');
    await pane.dialog().getByRole('button', { name: 'Hand off' }).click();
    await pane.message('Handoff', 'Accounting sends the invoice.').waitFor();
    await pane.shows('Assignee', 'Aiko Tanaka');
    await ledgerHolds(id, 'TicketLinked', 'TicketUnlinked', 'TicketHandedOff');
    await leave();
  });
});
