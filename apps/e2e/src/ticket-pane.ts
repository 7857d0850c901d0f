import type { Locator, Page } from 'playwright-core';
import { eventually, type Member } from './member.js';

/** A ticket of one's own for a journey, opened by HTTP, once it can be read. */
export async function newTicket(member: Member, subject: string): Promise<{ id: string; number: number }> {
  const { body } = await member.post('/tickets', {
    subject,
    body: `${subject}, said the customer.`,
    requester: { email: 'jo.urney@example.com', name: 'Jo Urney' },
  });
  const id = body.id as string;
  await eventually(
    () => member.ask('GET', `/tickets/${id}`),
    ({ status }) => status === 200,
  );
  return { id, number: body.number as number };
}

/** The open ticket as a person finds it: by roles and labels. */
export class TicketPane {
  readonly fields: Locator;
  readonly story: Locator;

  constructor(readonly page: Page) {
    this.fields = page.getByRole('group', { name: 'Fields of the ticket' });
    this.story = page.getByRole('region', { name: 'Conversation' });
  }

  async open(id: string): Promise<void> {
    await this.page.goto(`/tickets/${id}`);
    await this.story.waitFor();
  }

  /** One of the buttons that show a field and change it. */
  field(name: string): Locator {
    return this.fields.getByRole('button', { name: new RegExp(`^${name}: `) });
  }

  /** Waits until a field shows a value. */
  async shows(name: string, value: string): Promise<void> {
    await this.fields.getByRole('button', { name: `${name}: ${value}` }).waitFor();
  }

  /** Chooses from the menu of a field. */
  async choose(field: string, item: string): Promise<void> {
    await this.field(field).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Chooses from the menu of everything that has no place of its own. */
  async more(item: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More for this ticket' }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The dialog that is open. */
  dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Sends a reply without waiting for the time in which it can be taken back. */
  async reply(text: string, button = 'Send'): Promise<void> {
    await this.page.getByRole('button', { name: /^Reply to / }).click();
    await this.page.getByRole('textbox', { name: 'Write a reply the customer will read' }).fill(text);
    await this.page.getByRole('button', { name: button, exact: true }).click();
    const waiting = this.page.getByRole('list', { name: 'Replies that wait' });
    await waiting.getByRole('button', { name: 'Send now' }).click();
    await this.message('Reply', text).waitFor();
  }

  async note(text: string): Promise<void> {
    await this.page.getByRole('group', { name: 'Answer' }).getByRole('button', { name: /Note/ }).click();
    await this.page.getByRole('textbox', { name: 'Write a note for your colleagues' }).fill(text);
    await this.page.getByRole('button', { name: 'Add note' }).click();
    await this.message('Note', text).waitFor();
  }

  /** A message of the conversation in its voice. */
  message(voice: string, text: string): Locator {
    return this.story.getByRole('article').filter({ hasText: voice }).filter({ hasText: text });
  }
}
