import { setTimeout as pause } from 'node:timers/promises';
import { startProgram } from './program.mjs';

const RESTART_MS = 200;
const LONGEST_START_MS = 60_000;
/** More than what Node itself says of an error that ends it. */
const STACK_LINES = 40;
const LONGEST_END_MS = 25_000;
const SAYS_WHEN_READY = { api: 'listening', worker: 'following the ledger' };

/**
 * Keeps one program running, as an operator's supervisor does, and remembers what ended without having been asked to.
 * @param {{ name: string, kind: 'api' | 'worker', folder: string, store: string, plant?: string, env: Record<string, string>,
 *   mayFail: (since: number) => boolean, isAnswering?: () => Promise<boolean> }} options `mayFail` says whether a start since then may
 *   have failed, because something that the program can not do without was away
 */
export function supervise({ name, kind, folder, store, plant, env, mayFail, isAnswering = async () => true }) {
  let current;
  let ending = false;
  let expected;
  let clock = 0;
  let poison;
  let armed;
  const deaths = [];
  const surprises = [];

  const run = async () => {
    while (!ending) {
      const began = Date.now();
      current = startProgram({ name, kind, folder, env, inside: { store, plant, clock, poison, armed } });
      const how = await current.exited;
      const reached = current.reached();
      if (reached !== undefined) armed = undefined;
      deaths.push({ how, reached, lastWords: tail(current.words(), STACK_LINES) });
      const isStarting = !current.words().includes(SAYS_WHEN_READY[kind]);
      const asked = ending || reached !== undefined || expected !== undefined || (isStarting && mayFail(began));
      if (!asked) surprises.push(`${name} has ended by itself (${how}): ${tail(current.words())}`);
      expected = undefined;
      if (!ending) await pause(RESTART_MS);
    }
  };
  const running = run();

  const isUp = () => !current.hasEnded() && current.words().includes(SAYS_WHEN_READY[kind]);
  const hasDied = async (before) => {
    while (deaths.length === before) await pause(5);
    return deaths[before];
  };
  return {
    name,
    kind,
    /** Makes it die at a fail point; undefined takes that back. */
    arm(order) {
      armed = order;
      current.tell(['arm', order]);
    },
    /** Followers that a worker runs. */
    holds: () => current.ask('holds'),
    signal: (signal) => current.signal(signal),
    /** Bytes that it holds and needs; nothing when it was too busy to say. */
    liveBytes: () => current.ask('memory'),
    words: () => current.words(),
    /** Ends it with a signal; resolves when it is gone, with how it went. */
    async kill(signal = 'SIGKILL') {
      // It may have died by itself a moment ago, and is about to be started again.
      while (current.hasEnded()) await pause(20);
      const before = deaths.length;
      expected = signal;
      current.signal(signal);
      current.signal('SIGCONT');
      return hasDied(before);
    },
    /** Asks it to end, once it is up: a process that is still starting does not listen to SIGTERM yet. Says how it went and how long. */
    async stop() {
      await this.ready();
      const asked = Date.now();
      return { ...(await this.kill('SIGTERM')), ms: Date.now() - asked };
    },
    /** Has it meet an error that nobody catches; resolves when it is gone. */
    async breakDown() {
      await this.ready();
      const before = deaths.length;
      expected = 'error';
      current.tell(['reject']);
      return hasDied(before);
    },
    /** How much its clock is fast from now on, in milliseconds; also after a restart. */
    setClock(milliseconds) {
      clock = milliseconds;
      current.tell(['clock', milliseconds]);
    },
    /** The event that a worker can not take from now on; also after a restart. */
    setPoison(order) {
      poison = order;
      current.tell(['poison', order]);
    },
    /** Fail points at which it has died so far. */
    reached: () => deaths.flatMap(({ reached }) => reached ?? []),
    takeSurprises: () => surprises.splice(0),
    /** @throws when it does not get ready */
    async ready() {
      for (const deadline = Date.now() + LONGEST_START_MS; ;) {
        if (isUp() && (await isAnswering().catch(() => false)) && isUp()) return;
        if (Date.now() > deadline)
          throw new Error(`${name} did not get ready; its last words: ${tail(current.words())}`);
        await pause(50);
      }
    },
    abandon() {
      ending = true;
      current.signal('SIGKILL');
    },
    async end() {
      ending = true;
      current.signal('SIGCONT');
      current.signal('SIGTERM');
      const hard = new AbortController();
      await Promise.race([running, pause(LONGEST_END_MS, undefined, { signal: hard.signal }).catch(() => undefined)]);
      hard.abort();
      current.signal('SIGKILL');
      await running;
    },
  };
}

const tail = (words, lines = 5) => words.trim().split('\n').slice(-lines).join('\n');
