/**
 * One way to break the desk while it is used.
 * @typedef {{ desk: Awaited<ReturnType<typeof import('../desk/desk.mjs').startDesk>>, checker: { order: Function }, sql: Function,
 *   random: ReturnType<typeof import('../random.mjs').randomOf>, round: number, pause: (ms: number) => Promise<void>,
 *   lines: () => object[], found: (assertion: string, what: string) => void, mustHear: (window: object) => void, pointsOver: Promise<unknown> }} Surroundings
 *   `lines` are those of the journal of this round; `found` reports what must not be; `mustHear` says what the clients must have heard meanwhile;
 *   `pointsOver` resolves when the processes that die at a point in this round have died
 * @typedef {{ name: string, must: string, needs?: 'disk' | 'postgres' | 'eventstoredb', run: (around: Surroundings) => Promise<string> }} Fault
 *   `run` breaks something, waits, mends it, and answers with what it did
 */

/**
 * @param {string} must id and rule from the list of attacks and faults, as in a test
 * @param {string} name
 * @param {Fault['run']} run
 * @param {{ needs?: 'disk' | 'postgres' | 'eventstoredb' }} [more]
 * @returns {Fault}
 */
export const fault = (must, name, run, more = {}) => ({ must, name, run, ...more });

/** Waits until `ask` gives something, at most `ms` milliseconds. */
export async function within(ms, ask, pause) {
  for (const deadline = Date.now() + ms; Date.now() < deadline; await pause(25)) {
    const answer = await ask();
    if (answer) return answer;
  }
  return undefined;
}
