import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './ask.mjs';
import { opening, pending, scheduling, weighted } from './operations.mjs';

const CLIENTS = 8;
/** A round that waits for something must not fill the disk meanwhile. */
const MOST_OPERATIONS = 2_000;
/** How long a ticket waits for its timer: the timer then falls into the same round. */
const WAITS_MS = [1_200, 3_000];

/**
 * Clients that work on tickets until they are told to stop: some on one ticket together, most on their own.
 * @param {{ operator: ReturnType<typeof import('./operator.mjs').operating>, members: readonly object[], nodes: Record<string, string>,
 *   random: ReturnType<typeof import('../random.mjs').randomOf>, round: number, note: Function, stopping: AbortSignal }} options
 */
export async function clients({ operator, members, nodes, random, round, note, stopping }) {
  const names = Object.keys(nodes);
  const hot = new Map();
  for (const member of members) {
    const { id } = await operator.perform(opening(`hot-${member.slug}`, 'hot'), member, names[0], { insist: true });
    if (id !== undefined) hot.set(member, id);
  }

  const client = async (number) => {
    const member = members[number % members.length];
    const home = names[Math.floor(number / 2) % names.length];
    const tickets = [];
    while (!stopping.aborted && operator.count() < MOST_OPERATIONS) {
      await pause(random.between(30, 120));
      await turn({ member, home, tickets, number });
    }
  };

  const turn = async ({ member, home, tickets, number }) => {
    const name = `c${number}-${random.between(0, 1e9).toString(36)}`;
    const ticket = random.chance(0.2) ? hot.get(member) : tickets.at(-1);
    if (ticket === undefined || random.chance(0.25)) {
      // Few addresses, so that several clients meet at a new one.
      const person = `${random.between(1, 12)}-${Math.floor(random.between(0, 3))}-r${round}`;
      const what = opening(person, name);
      const { id } = random.chance(0.2)
        ? await operator.performTwice(what, member)
        : await operator.perform(what, member, home);
      if (id !== undefined) tickets.push(id);
    } else if (random.chance(0.1)) {
      await operator.performTwice(random.pick(weighted)(ticket, random, name), member);
    } else {
      const answer = await operator.perform(random.pick(weighted)(ticket, random, name), member, home);
      if (answer.outcome === 'ok' && random.chance(0.3)) await readBack(answer, member);
    }
  };

  /** Whoever shows the position of a write must see it, on every node. */
  const readBack = async ({ id, body, headers }, member) => {
    const node = random.pick(names);
    const position = headers.get('ledger-position');
    const read = await ask(nodes[node], {
      method: 'GET',
      path: `/tickets/${id}`,
      token: member.token,
      headers: { 'ledger-position': position },
    });
    const isStale = read.headers?.get('ledger-stale') === 'true';
    await note({
      round,
      phase: 'read',
      node,
      id,
      wrote: body.version,
      saw: read.body?.version,
      status: read.status,
      retryAfter: read.retryAfter,
      isStale,
    });
  };

  /** Tickets that nobody touches after they were put off, or after a reply to them was scheduled: their timers go off once. */
  const waiting = async () => {
    while (!stopping.aborted) {
      const member = random.pick(members);
      const { id } = await operator.perform(opening(`waits-${member.slug}`, 'waits'), member, random.pick(names));
      const at = Date.now() + random.between(...WAITS_MS);
      const what = random.chance(0.5) ? pending(id, at) : scheduling(id, at, 'waits');
      if (id !== undefined) await operator.perform(what, member, random.pick(names));
      await pause(random.between(100, 400));
    }
  };

  await Promise.all([...Array.from({ length: CLIENTS }, (_, number) => client(number)), waiting()]);
}
