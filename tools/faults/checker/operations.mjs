/** What a client of the desk does, how often, and which event tells that it was done. */
const texts = ['It is still broken.', 'Thank you!', 'Äpfel, 苹果 and 🍏.', 'See the attached lines:\n1\n2\n3'];

const add = (path, told) => (ticket, random, name) => ({
  path: `/tickets/${ticket}/${path}`,
  told,
  body: { body: `${random.pick(texts)} (${name})` },
});

/** On a ticket that exists. `set` operations may find that there is nothing to change, and then tell nothing. */
export const onTicket = {
  note: { weight: 4, of: add('notes', 'NoteAdded') },
  reply: { weight: 3, of: add('replies', 'PublicReplySent') },
  message: { weight: 3, of: add('messages', 'CustomerMessageReceived') },
  solve: {
    weight: 1,
    of: (ticket, random, name) => ({
      path: `/tickets/${ticket}/replies`,
      told: 'PublicReplySent',
      body: { body: `Solved (${name})`, thenStatus: 'solved' },
    }),
  },
  tag: {
    weight: 2,
    of: (ticket, _random, name) => ({ path: `/tickets/${ticket}/tag`, told: 'TicketTagged', body: { tags: [name] } }),
  },
  prioritise: {
    weight: 1,
    of: (ticket, random) => ({
      path: `/tickets/${ticket}/prioritise`,
      told: 'TicketPrioritised',
      mayTellNothing: true,
      body: { priority: random.pick(['low', 'normal', 'high', 'urgent']) },
    }),
  },
};

export const weighted = Object.values(onTicket).flatMap(({ weight, of }) => Array.from({ length: weight }, () => of));

/** @param {string} person the same words give the same customer, whoever asks first */
export const opening = (person, name) => ({
  path: '/tickets',
  told: 'TicketOpened',
  body: {
    subject: `Opened as ${name}`,
    body: 'Hello, does this reach you?',
    tags: ['faults'],
    requester: { email: `${person}@example.com`, name: `Person ${person}` },
  },
});

export const pending = (ticket, until) => ({
  path: `/tickets/${ticket}/pend`,
  told: 'TicketPended',
  body: { until: new Date(until).toISOString() },
});

/** A reply that is to be sent later; until then nothing in the ledger tells of it. */
export const scheduling = (ticket, at, name) => ({
  path: `/tickets/${ticket}/scheduled-replies`,
  told: 'nothing yet',
  mayTellNothing: true,
  later: { ticket, at },
  body: { body: `Sent later (${name})`, sendAt: new Date(at).toISOString() },
});

/** A text that fills the buffers of a listener who does not listen. */
export const longNote = (ticket, name) => ({
  path: `/tickets/${ticket}/notes`,
  told: 'NoteAdded',
  body: { body: `${name} ${'0123456789abcdef'.repeat(3_900)}` },
});
