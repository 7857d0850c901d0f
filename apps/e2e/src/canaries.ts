import { randomBytes } from 'node:crypto';
import type { Member } from './member.js';

/** One word per place in which people write about people; each occurs nowhere else in the world. */
const places = [
  'subject',
  'body',
  'name',
  'address',
  'field',
  'message',
  'reply',
  'note',
  'reason',
  'done',
  'next',
  'watch',
  'renamed',
  'customername',
  'customeraddress',
  'customerrenamed',
  'customernote',
] as const;

export type Words = Readonly<Record<(typeof places)[number], string>>;

/** What one workspace holds, and the words by which it would be recognised anywhere else. */
export interface Planted {
  readonly words: Words;
  /** By the name that the description gives the id in a path. */
  readonly ids: Readonly<Record<'ticketId' | 'customerId' | 'teamId' | 'memberId', string>>;
}

/** Fills a workspace with one ticket, one customer and one team, with a word of its own in every text. */
export async function plant(owner: Member): Promise<Planted> {
  const words = Object.fromEntries(
    places.map((place) => [place, `${place}${randomBytes(8).toString('hex')}`]),
  ) as unknown as Words;
  const created = async (path: string, body: object): Promise<string> =>
    (await owner.post(path, body)).body.id as string;

  const teamId = await created('/teams', { name: `Team ${randomBytes(4).toString('hex')}` });
  const customerId = await created('/customers', {
    name: words.customername,
    email: `${words.customeraddress}@example.com`,
  });
  await owner.post(`/customers/${customerId}/rename`, { name: words.customerrenamed });
  await owner.post(`/customers/${customerId}/notes`, { text: `About ${words.customernote}.` });

  const ticketId = await created('/tickets', {
    subject: `About ${words.subject}`,
    body: `It is ${words.body}.`,
    customFields: { plan: words.field },
    requester: { name: words.name, email: `${words.address}@example.com` },
  });
  const { memberId } = owner;
  const ticket = `/tickets/${ticketId}`;
  await owner.post(`${ticket}/messages`, { body: `Also ${words.message}.` });
  await owner.post(`${ticket}/replies`, { body: `We know ${words.reply}.` });
  await owner.post(`${ticket}/notes`, { body: `Ask ${words.note}.` });
  await owner.post(`${ticket}/assign`, { assigneeId: memberId, reason: `Knows ${words.reason}` });
  await owner.post(`${ticket}/hand-off`, {
    done: words.done,
    next: words.next,
    watch: words.watch,
    assigneeId: memberId,
  });
  await owner.post(`${ticket}/rename`, { subject: `Now ${words.renamed}` });
  return { words, ids: { ticketId, customerId, teamId, memberId } };
}

/** The ways in which a word can stand in a dump: as it is, in hexadecimal, and in base64 at each of its three alignments. */
export function spellings(word: string): readonly string[] {
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(`${' '.repeat(shift)}${word}`)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [word, Buffer.from(word).toString('hex'), ...base64];
}

/** Which of the words stand in which of the texts, in any spelling. */
export function found(words: Iterable<string>, texts: Iterable<string>): readonly string[] {
  const all = [...texts];
  return [...words].filter((word) =>
    spellings(word).some((spelling) =>
      all.some((text) => text.includes(spelling) || text.toLowerCase().includes(word)),
    ),
  );
}
