import type { Page } from 'playwright-core';
import { eventually, type Member, memberOf } from './member.js';
import { newTicket } from './ticket-pane.js';

export interface Union {
  readonly id: string;
  /** Ticket that became part of it. */
  readonly mergedId: string;
  /** Number of a ticket that it could be merged into, of somebody else. */
  readonly otherNumber: number;
}

const LONG_REPLY = 'The technician comes between eight and ten o’clock, and rings twice before anybody has to get up.';

const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString();

/** Two tickets as one, a message that was split off, and a reply of the owner that leaves tomorrow. */
export async function unionWithWaitingReply(): Promise<Union> {
  const owner = await memberOf('owner@demo.test');
  const [target, source] = [await newTicket(owner, 'The kettle whistles'), await newTicket(owner, 'Still whistling')];
  const { body: other } = await owner.post('/tickets', {
    subject: 'The kettle of somebody else',
    body: 'It whistles as well.',
    requester: { email: 'some.body@example.com', name: 'Maximiliane Überlang-Nachnamenstein' },
  });
  await owner.post(`/tickets/${source.id}/merge`, { into: target.id });
  await owner.post(`/tickets/${target.id}/messages`, { body: 'The door squeaks, too.' });
  const { body: timeline } = await eventually(
    () => owner.get(`/tickets/${target.id}/timeline`),
    ({ text }) => text.includes('squeaks'),
  );
  const door = (timeline.data as { id: string; text: string | null }[]).find(({ text }) => text?.includes('squeaks'));
  await owner.post(`/tickets/${target.id}/split`, { messageIds: [door?.id], subject: 'The squeaking door' });
  const reply = { body: LONG_REPLY, sendAt: tomorrow(), thenStatus: 'solved' };
  await owner.post(`/tickets/${target.id}/scheduled-replies`, reply);
  return { id: target.id, mergedId: source.id, otherNumber: other.number as number };
}

/** A ticket with a reply of the owner that came back, because the customer wrote meanwhile (which a colleague put in). */
export async function heldReply(): Promise<string> {
  const [owner, colleague] = [await memberOf('owner@demo.test'), await memberOf('agent@demo.test')];
  const { id } = await newTicket(owner, 'Written meanwhile');
  const { body } = await owner.post(`/tickets/${id}/scheduled-replies`, { body: 'Tomorrow then.', sendAt: tomorrow() });
  await colleague.post(`/tickets/${id}/messages`, { body: 'Today, please.' });
  await owner.post(`/scheduled-replies/${body.id as string}/send`, {});
  await eventually(
    () => owner.get(`/scheduled-replies/${body.id as string}`),
    ({ body: { state } }) => state === 'held',
  );
  return id;
}

/** Id of a customer who was erased. */
export async function erasedCustomer(owner: Member): Promise<string> {
  const { body } = await owner.post('/tickets', {
    subject: 'Forget me',
    body: 'Please.',
    requester: { email: 'for.gotten@example.com', name: 'For Gotten' },
  });
  const { customerId } = body.requester as { customerId: string };
  await eventually(
    () => owner.ask('POST', `/customers/${customerId}/erasure`, { reason: 'person_asked' }),
    ({ status }) => status < 300,
  );
  await eventually(
    () => owner.ask('GET', `/customers/${customerId}`),
    ({ status, body: { name } }) => status === 200 && name === null,
  );
  return customerId;
}

/** Chooses the ticket to merge into. */
export async function chooseTarget(page: Page, number: number): Promise<void> {
  await page.locator('[role=dialog] input').fill(String(number));
  await page.locator('[role=dialog] .option', { hasText: `#${String(number)}` }).click();
  await page.locator('[role=dialog] dl').waitFor();
}

/** Opens the dialog that splits messages off. */
export async function splitOff(page: Page): Promise<void> {
  await page.locator('ld-message-card button.menu').first().click();
  await page.locator('[mat-menu-item]').click();
  await page.locator('[role=dialog]').waitFor();
}

/** Writes a reply and opens the dialog that sends it later. */
export async function sendLater(page: Page): Promise<void> {
  await page.locator('[role=dialog]').waitFor({ state: 'detached' });
  await page.keyboard.press('r');
  await page.locator('ld-composer textarea').fill('It takes its time.');
  await page.locator('ld-composer button.later').click();
  await page.locator('[role=dialog]').waitFor();
}

/** Opens the list of scheduled replies; on a phone the views are behind their own button. */
export async function scheduledReplies(page: Page): Promise<void> {
  const views = page.locator('ld-list-pane button.views-menu');
  const link = page.locator('ld-scheduled-link button');
  await views.or(link).first().waitFor();
  if (await views.isVisible()) await views.click();
  await link.click();
  await page.locator('[role=dialog]').waitFor();
}
