import { load } from './load.mjs';
import { openingRequests } from './open-tickets.bench.mjs';
import { session } from './session.mjs';
import { commonWord, searchWords } from './texts.mjs';

export const name = 'read tickets';
export const order = 40;

/** The desk is filled up to this many tickets first; BENCH_TICKETS makes a trial shorter. */
const TICKETS = Number(process.env.BENCH_TICKETS ?? 100_000);

/** @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure({ desk }) {
  const filler = await session(desk.url);
  for (let left = TICKETS, seed = 1_000; left > 0; left -= 20_000, seed += 1) {
    const { base, authorization } = await session(desk.url);
    await load({
      base,
      authorization,
      connections: 32,
      amount: Math.min(left, 20_000),
      request: openingRequests(seed),
    });
  }
  const conversation = await ticketWith(filler, 20);
  const long = await ticketWith(filler, 200);

  const { base, authorization } = await session(desk.url);
  const read = (path, options) =>
    load({ base, authorization, connections: 8, seconds: 8, request: () => ({ path: `/api/v1${path}` }), ...options });
  const alone = { connections: 1, seconds: 5 };
  let turn = 0;
  const words = [...searchWords, 'regular-17', `${searchWords[0]} ${searchWords[1]}`];
  const searching = {
    request: () => ({ path: `/api/v1/tickets?limit=50&q=${encodeURIComponent(words[turn++ % words.length])}` }),
  };

  await read('/tickets?limit=50', { amount: 200, seconds: undefined });
  const page = await read('/tickets?limit=50');
  const search = await read('', searching);
  const open = await read(`/tickets/${conversation}?include=timeline`);
  const pageAlone = await read('/tickets?limit=50', alone);
  const searchAlone = await read('', { ...searching, ...alone });
  const common = await read(`/tickets?limit=50&q=${commonWord}`, alone);
  const events = await read(`/tickets/${long}?include=timeline`, alone);
  return [
    { what: 'inbox page, 8 at once', value: page.perSecond, unit: '/s', better: 'more', goal: 800 },
    { what: 'search, 8 at once', value: search.perSecond, unit: '/s', better: 'more', goal: 600 },
    { what: 'open a ticket of 20 messages, 8 at once', value: open.perSecond, unit: '/s', better: 'more', goal: 1_000 },
    { what: 'inbox page alone, p95', value: pageAlone.p95, unit: 'ms', better: 'less', goal: 15 },
    { what: 'search alone, p95', value: searchAlone.p95, unit: 'ms', better: 'less', goal: 50 },
    { what: 'search for a word of 60 % of all tickets, p95', value: common.p95, unit: 'ms', better: 'less', goal: 50 },
    { what: 'a ticket of 200 events, p95', value: events.p95, unit: 'ms', better: 'less', goal: 20 },
  ].map((figure) => ({ ...figure, note: `${TICKETS.toLocaleString('en-GB')} tickets` }));
}

/** Opens a ticket and adds notes to it. @returns its id */
async function ticketWith({ call }, notes) {
  const { method, headers, body } = openingRequests(notes)();
  const opened = await call('/tickets', { method, headers, body });
  const { id } = await opened.json();
  for (let index = 1; index < notes; index += 1) {
    const answer = await call(`/tickets/${id}/notes`, {
      method: 'POST',
      body: JSON.stringify({ body: `Note ${index} about the printer. `.repeat(12) }),
    });
    if (!answer.ok) throw new Error(`Adding a note was answered with ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
  return id;
}
