// The checker: a process of its own that knows the desk by its addresses only, and writes down what it asked and heard.
import { takeOrders } from '../orders.mjs';
import { randomOf } from '../random.mjs';
import { ask } from './ask.mjs';
import { clients } from './clients.mjs';
import { journal } from './journal.mjs';
import { opening } from './operations.mjs';
import { operating } from './operator.mjs';
import { slowListeners } from './slow-listeners.mjs';

const LONGEST_SIGN_IN_MS = 15_000;

const { file, nodes, owners, password, seed } = JSON.parse(process.argv[2]);
const note = journal(file);

/** The round that is under way. */
let current;

takeOrders({
  /** Begins a round; the clients then work until they are told to rest. */
  async work({ round }) {
    const random = randomOf(seed, round, 'checker');
    const members = await Promise.all(owners.map(signIn));
    const operator = operating({ note, nodes, random, round });
    const stopping = new AbortController();
    const working = clients({ operator, members, nodes, random, round, note, stopping: stopping.signal });
    current = { random, members, operator, stopping, working };
  },
  async rest() {
    current.stopping.abort();
    await current.working;
  },
  settle: () => current.operator.settle(),
  async again({ most }) {
    await current.operator.again(most);
    return { operations: current.operator.count() };
  },
  /** Opens one ticket; the harness chooses the request id, by which it knows its events. */
  async open({ op }) {
    const { operator, members, random } = current;
    await operator.perform({ ...opening(op, op), op }, members[0], random.pick(Object.keys(nodes)), { insist: true });
  },
  listenSlowly: ({ node, notes }) => slowListeners({ ...current, nodes, node, notes }),
});

/** A node may still be on its way up: signing in is tried for a while. */
async function signIn(email) {
  for (const deadline = Date.now() + LONGEST_SIGN_IN_MS; ;) {
    for (const url of Object.values(nodes)) {
      const { outcome, body } = await ask(url, { method: 'POST', path: '/auth/login', body: { email, password } });
      if (outcome === 'ok') return { token: body.accessToken, slug: body.workspace.slug };
      if (Date.now() > deadline) throw new Error(`${email} could not sign in: ${JSON.stringify(body)}`);
    }
  }
}
